import type { World } from '../../../core/access/index.ts';
import type { Database, Tx } from '../../../core/db/index.ts';

const at = '2026-08-01T00:00:00Z';

const words = (text: string) => ({ fi: `${text} (fi)`, sv: `${text} (sv)`, en: text });

/** The agreement as the municipality accepted it, as far as notices need it. */
export const document = {
  vendor: { name: 'Demo Vendor Oy', businessId: '1234567-8', country: 'FI' },
  purposes: [
    { id: 'list', text: words('Shows the class') },
    { id: 'notes', text: words('Keeps notes'), withoutConsent: words('The teacher keeps notes on paper') },
  ],
  subProcessors: [],
  egress: [],
};

/** Rows of one table from plain objects, in one statement. */
async function plant(tx: Tx, table: string, rows: Record<string, unknown>[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!).map((name) => `"${name}"`);
  await tx.query({
    text: `insert into ${table} (${columns.join()}) select ${columns.join()} from jsonb_populate_recordset(null::${table}, $1)`,
    values: [JSON.stringify(rows)],
  });
}

type TableRows = [table: string, rows: Record<string, unknown>[]];

/** Writes the world's rows as the tables of a municipality. */
export async function plantWorld(tx: Tx, municipality: string, world: World): Promise<void> {
  for (const [table, rows] of rowsOfWorld(municipality, world)) await plant(tx, table, rows);
}

/** The world's rows by table, in the order of their references. Every person has every field, so that what is missing was denied. */
export function rowsOfWorld(municipality: string, world: World): TableRows[] {
  const m = { municipality_id: municipality };
  const numbered = (letter: string, index: number) =>
    `${letter.repeat(8)}-1111-4000-8000-${String(index).padStart(12, '0')}`;
  const spanOf = ({ from, to }: { from: string; to?: string }) =>
    to !== undefined && to <= from ? undefined : { valid_from: from, valid_to: to ?? null };
  const orgs = [...new Set([...world.classes.map((row) => row.school), ...world.enablements.map((row) => row.school)])];
  const allOrgs = [
    ...new Set([...orgs, ...world.roles.map(({ org }) => org), ...world.enrollments.map((row) => row.school)]),
  ];
  return [
    ['org', allOrgs.map((id) => ({ ...m, id, type: 'school', name: 'School', status: 'active' }))],
    [
      'class',
      world.classes.map(({ id, school, active }) => ({
        ...m,
        id,
        title: '7A',
        class_type: 'homeroom',
        school_id: school,
        status: active ? 'active' : 'tobedeleted',
      })),
    ],
    [
      'person',
      world.persons.map(({ id, birthDate, active }) => ({
        ...m,
        id,
        given_name: `Given ${id.at(-1)}`,
        family_name: `Family ${id.at(-1)}`,
        birth_date: birthDate ?? null,
        language: 'fi',
        email: 'learner@example.fi',
        phone: '0401234567',
        address: 'Street 1, 02100 Espoo',
        status: active ? 'active' : 'disabled',
      })),
    ],
    [
      'role',
      world.roles.map(({ person, role, org, span }, i) => ({
        ...m,
        id: numbered('1', i),
        person_id: person,
        role,
        org_id: org,
        ...spanOf(span),
      })),
    ],
    [
      'enrollment',
      world.enrollments.map((row, i) => ({
        ...m,
        id: numbered('2', i),
        class_id: row.class,
        school_id: row.school,
        person_id: row.person,
        role: row.role,
        primary: true,
        ...spanOf(row.span),
      })),
    ],
    [
      'guardianship',
      world.guardianships.map((row, i) => ({
        ...m,
        id: numbered('3', i),
        guardian_id: row.guardian,
        child_id: row.child,
        legal: true,
        can_see: row.canSee,
        can_decide: row.canDecide,
        notify: true,
        source: (['register', 'court', 'manual'] as const)[i % 3],
        ...spanOf(row.span),
      })),
    ],
    [
      'protection',
      world.protections.map(({ person, kind, against, span }, i) => ({
        ...m,
        id: numbered('4', i),
        person_id: person,
        kind,
        against_person_id: against ?? null,
        source: 'test',
        ...spanOf(span),
      })),
    ],
    [
      'disclosure_permit',
      world.permits.map(({ person, permitted, to }) => ({
        ...m,
        person_id: person,
        permitted_id: permitted,
        reason: 'test',
        granted_by: person,
        granted_at: at,
        valid_to: to ?? null,
      })),
    ],
    ...termRows(m, world),
  ];
}

function termRows(m: { municipality_id: string }, world: World): TableRows[] {
  return [
    [
      'agreement',
      world.agreements.map(({ id, plugin, consentMajor, status, expiresOn }) => ({
        ...m,
        id,
        plugin,
        consent_major: consentMajor,
        version: '1.0.0',
        terms_hash: 'x',
        document,
        accepted_by: id,
        accepted_at: at,
        expires_on: expiresOn,
        status,
      })),
    ],
    [
      'agreement_element',
      world.agreed.map(({ agreement, purpose, element, basis, background, coarse, noExport, lease }) => ({
        ...m,
        agreement_id: agreement,
        purpose,
        element,
        legal_basis: basis,
        necessity: 'needed',
        retention_days: 1,
        background,
        coarse: coarse ?? false,
        no_export: noExport ?? false,
        lease: lease ?? 'while-user-online',
      })),
    ],
    [
      'enablement',
      world.enablements.map(({ school, plugin, agreement, status }, i) => ({
        ...m,
        id: `eeeeeeee-1111-4000-8000-00000000000${i}`,
        school_id: school,
        plugin,
        agreement_id: agreement,
        version: '1.0.0',
        digest: 'x',
        status,
        revision: 1,
        changed_at: at,
      })),
    ],
    [
      'consent_state',
      world.consents.map(({ person, plugin, purpose, consentMajor, valid, expiresOn, elements }) => ({
        ...m,
        person_id: person,
        plugin,
        purpose,
        state: valid ? 'ConsentGiven' : 'ConsentWithdrawn',
        valid,
        elements,
        consent_major: consentMajor,
        expires_on: expiresOn ?? null,
        revision: 1,
        changed_at: at,
      })),
    ],
  ];
}

export const municipality = '11111111-0000-4000-8000-000000000001';

export async function addMunicipality(database: Database): Promise<void> {
  await database.global((tx) =>
    tx.query({
      text: `insert into municipality (id, code, oid, name_fi, name_sv, name_en) values ($1, '049', '1.2.246.562.10.1', 'Espoo', 'Esbo', 'Espoo')`,
      values: [municipality],
    }),
  );
}
