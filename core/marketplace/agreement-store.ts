import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import type { AgreementDocument } from './terms.ts';

export interface Agreement {
  id: Id;
  plugin: string;
  version: string;
  consentMajor: number;
  termsHash: string;
  document: AgreementDocument;
  acceptedAt: Date;
  /** `YYYY-MM-DD`: from this day on nothing new is enabled under it. */
  expiresOn: string;
  status: 'valid' | 'terminated' | 'expired';
}

export interface NewAgreement extends Omit<Agreement, 'status'> {
  acceptedBy: Id;
}

/** False when an agreement for the same plugin and consent-major is in force already. */
export async function insertAgreement(tx: Tx, municipality: Id, agreement: NewAgreement): Promise<boolean> {
  const { id, plugin, consentMajor, version, termsHash, document, acceptedBy, acceptedAt, expiresOn } = agreement;
  const inserted = await tx.query({
    text: insertText,
    values: [
      municipality,
      id,
      plugin,
      consentMajor,
      version,
      termsHash,
      JSON.stringify(document),
      acceptedBy,
      acceptedAt,
      expiresOn,
    ],
  });
  if (inserted.length === 0) return false;
  await tx.query({ text: insertElementsText, values: [municipality, id, JSON.stringify(document.elements)] });
  return true;
}

const insertText = `
  insert into agreement (municipality_id, id, plugin, consent_major, version, terms_hash, document, accepted_by, accepted_at, expires_on)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (municipality_id, plugin, consent_major) where status = 'valid' do nothing
  returning id`;

const insertElementsText = `
  insert into agreement_element (municipality_id, agreement_id, purpose, element, legal_basis, necessity, retention_days, background, coarse, no_export, lease)
  select $1, $2, e.purpose, e.element, e."legalBasis", e.necessity, e."retentionDays", e.background,
    coalesce(e.coarse, false), coalesce(e."noExport", false), coalesce(e.lease, 'while-user-online')
  from jsonb_to_recordset($3::jsonb)
    as e (purpose text, element text, "legalBasis" text, necessity text, "retentionDays" int, background boolean,
    coarse boolean, "noExport" boolean, lease text)`;

const columns = `
  id, plugin, version, consent_major as "consentMajor", terms_hash as "termsHash", document,
  accepted_at as "acceptedAt", expires_on as "expiresOn", status`;

export function agreementsInForce(tx: Tx, municipality: Id): Promise<Agreement[]> {
  const text = `select ${columns} from agreement where municipality_id = $1 and status = 'valid' order by accepted_at desc`;
  return tx.query({ text, values: [municipality] });
}

export function agreementsFor(tx: Tx, municipality: Id, plugin: string): Promise<Agreement[]> {
  const text = `select ${columns} from agreement where municipality_id = $1 and plugin = $2 and status = 'valid'`;
  return tx.query({ text, values: [municipality, plugin] });
}
