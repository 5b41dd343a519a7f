import type { Tx } from '../../db/index.ts';
import type { Id, Texts } from '../../kernel/index.ts';
import type { AssessedTerms } from './triggers.ts';

export interface WrittenRisk {
  id: string;
  likelihood: number;
  severity: number;
  mitigation: string;
}

export interface AssessedAgreement {
  agreement: Id;
  plugin: string;
  consentMajor: number;
  termsHash: string;
  name: Texts | null;
  roles: string[] | null;
  document: AssessedTerms;
  /** Null while the officer has written nothing. */
  written: Written | null;
}

export interface Written {
  id: Id;
  risks: WrittenRisk[];
  necessity: string;
  conclusion: string;
  revision: number;
  changedAt: Date;
  signedAt: Date | null;
  signedHash: string | null;
}

interface Row extends Omit<AssessedAgreement, 'written'> {
  id: Id | null;
  risks: WrittenRisk[];
  necessity: string;
  conclusion: string;
  revision: number;
  changedAt: Date;
  signedAt: Date | null;
  signedHash: string | null;
}

/** As they are enforced: the rows that every decision rests on. */
const elements = `(select coalesce(jsonb_agg(jsonb_build_object('purpose', n.purpose, 'element', n.element, 'legalBasis', n.legal_basis,
      'necessity', n.necessity, 'retentionDays', n.retention_days, 'background', n.background) order by n.purpose, n.element), '[]')
    from agreement_element n where n.municipality_id = $1 and n.agreement_id = a.id)`;

const select = `select a.id as agreement, a.plugin, a.consent_major as "consentMajor", a.terms_hash as "termsHash",
    a.document || jsonb_build_object('elements', ${elements}) as document,
    b.manifest -> 'name' as name, b.manifest -> 'audience' -> 'roles' as roles,
    s.id, s.risks, s.necessity, s.conclusion, s.revision, s.changed_at as "changedAt", s.signed_at as "signedAt", s.signed_hash as "signedHash"
  from agreement a
  left join bundle b on b.plugin = a.plugin and b.version = a.version
  left join impact_assessment s on s.municipality_id = $1 and s.plugin = a.plugin and s.consent_major = a.consent_major
  where a.municipality_id = $1 and a.status <> 'terminated'`;

export async function assessedAgreements(tx: Tx, municipality: Id): Promise<AssessedAgreement[]> {
  const text = `${select} order by a.plugin, a.consent_major desc, a.accepted_at desc limit 1000`;
  return (await tx.query<Row>({ name: 'assessments', text, values: [municipality] })).map(agreementOf);
}

export async function assessedAgreement(tx: Tx, municipality: Id, id: Id): Promise<AssessedAgreement | undefined> {
  const text = `${select} and a.id = $2`;
  const [row] = await tx.query<Row>({ name: 'assessment-one', text, values: [municipality, id] });
  return row && agreementOf(row);
}

function agreementOf(row: Row): AssessedAgreement {
  const { id, risks, necessity, conclusion, revision, changedAt, signedAt, signedHash, ...of } = row;
  const written = id === null ? null : { id, risks, necessity, conclusion, revision, changedAt, signedAt, signedHash };
  return { ...of, written };
}

interface Writing {
  id: Id;
  of: AssessedAgreement;
  risks: WrittenRisk[];
  necessity: string;
  conclusion: string;
  /** The revision that was read; 0 for the first writing. */
  revision: number;
  by: Id;
  at: Date;
}

/** False when somebody has written meanwhile, or it is signed: what was signed never changes. */
export async function writeAssessment(tx: Tx, municipality: Id, writing: Writing): Promise<boolean> {
  const { id, of, risks, necessity, conclusion, revision, by, at } = writing;
  const rows = await tx.query({
    name: 'assessment-write',
    text: `insert into impact_assessment as s (municipality_id, id, plugin, consent_major, agreement_id, terms_hash, risks, necessity,
        conclusion, changed_by, changed_at)
      select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 where $12::int = 0 or exists (select from impact_assessment o
        where o.municipality_id = $1 and o.plugin = $3 and o.consent_major = $4)
      on conflict (municipality_id, plugin, consent_major) do update set risks = excluded.risks, necessity = excluded.necessity,
        conclusion = excluded.conclusion, agreement_id = excluded.agreement_id, terms_hash = excluded.terms_hash,
        changed_by = excluded.changed_by, changed_at = excluded.changed_at, revision = s.revision + 1
        where s.revision = $12::int and s.signed_at is null
      returning 1`,
    values: [
      municipality,
      id,
      of.plugin,
      of.consentMajor,
      of.agreement,
      of.termsHash,
      JSON.stringify(risks),
      necessity,
      conclusion,
      by,
      at,
      revision,
    ],
  });
  return rows.length > 0;
}

/** False when it is signed already, or was changed since it was read. */
export async function signAssessment(
  tx: Tx,
  municipality: Id,
  { id, revision, by, at, hash }: { id: Id; revision: number; by: Id; at: Date; hash: string },
): Promise<boolean> {
  const rows = await tx.query({
    name: 'assessment-sign',
    text: `update impact_assessment set signed_by = $4, signed_at = $5, signed_hash = $6
      where municipality_id = $1 and id = $2 and revision = $3 and signed_at is null returning 1`,
    values: [municipality, id, revision, by, at, hash],
  });
  return rows.length > 0;
}

export async function isAssessed(
  tx: Tx,
  municipality: Id,
  { plugin, consentMajor }: { plugin: string; consentMajor: number },
): Promise<boolean> {
  const rows = await tx.query({
    name: 'assessment-signed',
    text: `select 1 from impact_assessment where municipality_id = $1 and plugin = $2 and consent_major = $3 and signed_at is not null`,
    values: [municipality, plugin, consentMajor],
  });
  return rows.length > 0;
}
