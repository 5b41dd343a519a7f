import type { Tx } from '../db/index.ts';
import type { Id, Language, Texts } from '../kernel/index.ts';

export interface Municipality {
  id: Id;
  code: string;
  kind: 'municipality' | 'coordinator';
  oid: string;
  name: Texts;
  language: Language;
}

export interface School {
  id: Id;
  name: string;
  oid: string | null;
  /** 11 basic, 12 special, 15 general upper secondary, 19 both, 21 vocational. */
  type: string | null;
}

const municipalityColumns = `id, code, kind, oid, language,
  json_build_object('fi', name_fi, 'sv', name_sv, 'en', name_en) as name`;

/** Every municipality and the coordinating company, by name. Any transaction will do. */
export function listMunicipalities(tx: Tx): Promise<Municipality[]> {
  return tx.query({ name: 'municipalities', text: `select ${municipalityColumns} from municipality order by name_fi` });
}

export async function findMunicipality(tx: Tx, code: string): Promise<Municipality | undefined> {
  const text = `select ${municipalityColumns} from municipality where code = $1`;
  const [found] = await tx.query<Municipality>({ name: 'municipality-by-code', text, values: [code] });
  return found;
}

/** Schools in use, by name. */
export function schoolsOf(tx: Tx, municipality: Id): Promise<School[]> {
  return tx.query({
    name: 'schools-of-municipality',
    text: `select id, name, oid, school_type as type from org
           where municipality_id = $1 and type = 'school' and status = 'active' order by name`,
    values: [municipality],
  });
}

/** Names of schools and districts, also of those that have closed: history must stay readable. */
export async function orgNames(tx: Tx, municipality: Id, ids: readonly Id[]): Promise<Map<Id, string>> {
  const rows = await tx.query<{ id: Id; name: string }>({
    name: 'org-names',
    text: 'select id, name from org where municipality_id = $1 and id = any($2::uuid[])',
    values: [municipality, ids],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
