import type { Database } from '../db/index.ts';
import type { SignInOptions } from './session-schemas.ts';
import type { ProviderSettings } from './settings.ts';

interface Row {
  code: string;
  fi: string;
  sv: string;
  en: string;
}

/** Municipalities with the ways to sign in to each; those without any are left out. */
export function signInOptions(
  database: Database,
  providers: readonly ProviderSettings[],
): () => Promise<SignInOptions> {
  return async () => {
    const rows = await database.global((tx) =>
      tx.query<Row>({
        text: 'select code, name_fi as fi, name_sv as sv, name_en as en from municipality order by kind desc, name_fi',
      }),
    );
    const municipalities = rows.map(({ code, ...name }) => ({
      code,
      name,
      providers: providers
        .filter(({ municipalities }) => municipalities.includes(code))
        .map(({ id, kind, label }) => ({ id, kind, label })),
    }));
    return { municipalities: municipalities.filter((municipality) => municipality.providers.length > 0) };
  };
}
