import type { Database } from '../db/index.ts';

export interface MunicipalityName {
  code: string;
  fi: string;
  sv: string;
  en: string;
}

/** All municipalities by name, the coordinating company last. */
export function municipalityNames(database: Database): Promise<MunicipalityName[]> {
  return database.global((tx) =>
    tx.query<MunicipalityName>({
      text: `select code, name_fi as fi, name_sv as sv, name_en as en from municipality
             order by kind = 'coordinator', name_fi`,
    }),
  );
}
