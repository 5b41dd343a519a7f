import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export interface Destroying {
  municipality: Id;
  person: Id;
  plugin: string;
  purpose: string;
  /** Only what was there when it was decided; what came later is not part of the decision. */
  before: Date;
}

/** Statements that destroy a source and answer with the keys of what went. $1 municipality, $2 person. */
const plain: Readonly<Record<string, string>> = {
  messages: `delete from inbox_message where municipality_id = $1 and (subject_id = $2 or recipient_id = $2)
    returning id || ' ' || recipient_id as key`,
  events: 'delete from plugin_event where municipality_id = $1 and subject_id = $2 returning id::text as key',
  attendance: 'delete from attendance where municipality_id = $1 and student_id = $2 returning id::text as key',
  absences: 'delete from absence where municipality_id = $1 and student_id = $2 returning id::text as key',
  identifiers: `delete from person_identifier where municipality_id = $1 and person_id = $2 returning scheme || ' ' || value as key`,
  roles: 'delete from role where municipality_id = $1 and person_id = $2 returning id::text as key',
  enrolments: 'delete from enrollment where municipality_id = $1 and person_id = $2 returning id::text as key',
  guardians:
    'delete from guardianship where municipality_id = $1 and (child_id = $2 or guardian_id = $2) returning id::text as key',
  consents: `delete from consent_state where municipality_id = $1 and person_id = $2 returning plugin || ' ' || purpose as key`,
  mails: `delete from mail_outbox where municipality_id = $1 and (subject_id = $2 or recipient_id = $2)
    returning message_id || ' ' || recipient_id as key`,
  notifications:
    'delete from notification_setting where municipality_id = $1 and person_id = $2 returning person_id::text as key',
  // Others' records refer to the row, and the log to its number: it stays, and says nothing of anybody any more.
  person: `update person set oid = null, given_name = '–', family_name = '–', preferred_name = null, birth_date = null, email = null,
      phone = null, address = null, photo = null, source_id = null, status = 'tobedeleted'
    where municipality_id = $1 and id = $2 returning id::text as key`,
};

const documents = `with gone as (
    delete from document where municipality_id = $1 and subject_id = $2 and plugin = $3 and coalesce(purpose, '') = $4 and updated_at <= $5
    returning plugin, school_id, collection, id, bytes),
  freed as (
    update storage_usage u set documents = u.documents - g.documents, bytes = u.bytes - g.bytes
    from (select plugin, school_id, count(*) as documents, sum(bytes) as bytes from gone group by plugin, school_id) g
    where u.municipality_id = $1 and u.plugin = g.plugin and u.school_id = g.school_id)
  select plugin || ' ' || school_id || ' ' || collection || ' ' || id as key from gone`;

const files = `delete from plugin_file where municipality_id = $1 and subject_id = $2 and plugin = $3 and coalesce(purpose, '') = $4 and created_at <= $5
  returning id || ' ' || sha256 as key, sha256`;

/** Content goes with its last file. */
const contents = `delete from file_content c where c.municipality_id = $1 and c.sha256 = any($2)
  and not exists (select from plugin_file f where f.municipality_id = $1 and f.sha256 = c.sha256)`;

/** Destroys what a decision says about one source; the keys of the rows that went, in order. Undefined: nothing here destroys it. */
export async function destroy(tx: Tx, source: string, of: Destroying): Promise<string[] | undefined> {
  const { municipality, person, plugin, purpose, before } = of;
  const own = [municipality, person, plugin, purpose, before];
  if (source === 'documents') return keysOf(await tx.query<{ key: string }>({ text: documents, values: own }));
  if (source === 'files') {
    const gone = await tx.query<{ key: string; sha256: string }>({ text: files, values: own });
    await tx.query({ text: contents, values: [municipality, gone.map(({ sha256 }) => sha256)] });
    return keysOf(gone);
  }
  const text = plain[source];
  return text === undefined
    ? undefined
    : keysOf(await tx.query<{ key: string }>({ text, values: [municipality, person] }));
}

function keysOf(rows: readonly { key: string }[]): string[] {
  return rows.map(({ key }) => key).sort();
}
