import { sign } from 'node:crypto';
import type { Tx } from '../db/index.ts';
import { type Id, type NoteSigner, refuse } from '../kernel/index.ts';
import { type Evidence, evidenceOf } from './evidence.ts';

/** A consent decision as the record structure of ISO/IEC TS 27560 §6, with the proof that the log has it. */
export interface Receipt {
  iss: string;
  iat: number;
  record: { schema_version: string; record_id: Id; pii_principal_id: Id };
  processing: {
    privacy_notice: { hash: string | null; language: string };
    purposes: {
      purpose: string;
      text: string | null;
      lawful_basis: 'consent';
      pii_information: string[];
      recipients: string[];
      storage: { retention_days: number | null; places: string[] };
      withdrawal_method: string;
    }[];
  };
  parties: { name: string; role: 'controller' | 'processor' }[];
  event: { event_time: string; event_type: 'explicit'; event_state: string; entity: string; revision: number };
  act: { action: string; plugin: string; purpose: string; revision: number; principal: Id };
  evidence: Evidence;
}

interface Decided {
  id: Id;
  plugin: string;
  purpose: string;
  revision: number;
  act: string;
  state: string;
  by_role: string;
  notice_hash: string | null;
  language: string;
  elements: string[];
  at: Date;
  municipality_name: string;
  notice: { text: string; recipients: string[]; places: string[]; vendor: string; retentionDays: number } | null;
}

const decision = `select c.id, c.plugin, c.purpose, c.revision, c.act, c.state, c.by_role, c.notice_hash, c.language, c.elements, c.at,
    n.body as notice, m.name_fi as municipality_name
  from audit_event e
  join consent_event c on c.municipality_id = $1 and c.person_id = $2 and c.plugin = e.plugin and c.purpose = e.purpose
    and c.revision = e.revision and e.action = 'consent.' || c.act
  join municipality m on m.id = $1
  left join notice n on n.municipality_id = $1 and n.hash = c.notice_hash
  where e.municipality_id = $1 and e.position = $3 and $2 = any(e.subjects)`;

export interface ReceiptOf {
  municipality: Id;
  person: Id;
  position: number;
}

/** The receipt of the decision that the event is about; refuses for other events and while the tree has not reached it. */
export async function receiptOf(
  tx: Tx,
  at: ReceiptOf,
  { signer, now }: { signer: NoteSigner; now: Date },
): Promise<string> {
  const values = [at.municipality, at.person, at.position];
  const [decided] = await tx.query<Decided>({ name: 'audit-decision', text: decision, values });
  if (!decided) refuse('not-found', 'There is no decision under that number.');
  const evidence = await evidenceOf(tx, at);
  if (!evidence) refuse('unavailable', 'The receipt is being made. Try again in a moment.');
  return signReceipt(describe(decided, { at, evidence, issuer: signer.name, now }), signer);
}

function describe(decided: Decided, more: { at: ReceiptOf; evidence: Evidence; issuer: string; now: Date }): Receipt {
  const { plugin, purpose, revision, notice } = decided;
  return {
    iss: more.issuer,
    iat: Math.floor(more.now.getTime() / 1000),
    record: { schema_version: 'ISO/IEC TS 27560:2023', record_id: decided.id, pii_principal_id: more.at.person },
    processing: {
      privacy_notice: { hash: decided.notice_hash, language: decided.language },
      purposes: [
        {
          purpose,
          text: notice?.text ?? null,
          lawful_basis: 'consent',
          pii_information: decided.elements,
          recipients: notice?.recipients ?? [],
          storage: { retention_days: notice?.retentionDays ?? null, places: notice?.places ?? [] },
          withdrawal_method: 'On the same page, at any time.',
        },
      ],
    },
    parties: [
      { name: decided.municipality_name, role: 'controller' },
      { name: notice?.vendor ?? plugin, role: 'processor' },
    ],
    event: {
      event_time: decided.at.toISOString(),
      event_type: 'explicit',
      event_state: decided.state,
      entity: decided.by_role,
      revision,
    },
    act: { action: `consent.${decided.act}`, plugin, purpose, revision, principal: more.at.person },
    evidence: more.evidence,
  };
}

/** JWS compact serialization with Ed25519 (RFC 8037). */
export function signReceipt(receipt: Receipt, { name, privateKey }: NoteSigner): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: 'EdDSA', typ: 'consent-receipt+jwt', kid: name })}.${encode(receipt)}`;
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}
