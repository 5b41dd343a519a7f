import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { QuietHours } from './quiet-hours.ts';

/** What a person wants of notifications. */
export interface NotificationSettings {
  email: boolean;
  quiet: QuietHours | null;
  /** Plugins whose notifications stay in the inbox. */
  muted: string[];
}

const hours = `case when quiet_from is not null then
  json_build_object('from', to_char(quiet_from, 'HH24:MI'), 'to', to_char(quiet_to, 'HH24:MI')) end as quiet`;

export async function settingsOf(tx: Tx, municipality: Id, person: Id): Promise<NotificationSettings> {
  const text = `select email, ${hours}, muted from notification_setting where municipality_id = $1 and person_id = $2`;
  const [row] = await tx.query<NotificationSettings>({ text, values: [municipality, person] });
  return row ?? { email: true, quiet: null, muted: [] };
}

export async function putSettingsOf(
  tx: Tx,
  { municipality, person, at }: { municipality: Id; person: Id; at: Date },
  { email, quiet, muted }: NotificationSettings,
): Promise<void> {
  const text = `insert into notification_setting (municipality_id, person_id, email, quiet_from, quiet_to, muted, changed_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (municipality_id, person_id) do update set email = excluded.email, quiet_from = excluded.quiet_from,
      quiet_to = excluded.quiet_to, muted = excluded.muted, changed_at = excluded.changed_at`;
  await tx.query({ text, values: [municipality, person, email, quiet?.from, quiet?.to, muted, at] });
}

export async function quietHoursOf(tx: Tx, municipality: Id): Promise<QuietHours | null> {
  const [row] = await tx.query<{ quiet: QuietHours }>({
    text: `select ${hours} from quiet_hours where municipality_id = $1`,
    values: [municipality],
  });
  return row?.quiet ?? null;
}

export async function putQuietHours(tx: Tx, municipality: Id, quiet: QuietHours | null): Promise<void> {
  await tx.query({ text: 'delete from quiet_hours where municipality_id = $1', values: [municipality] });
  if (quiet === null) return;
  const text = 'insert into quiet_hours (municipality_id, quiet_from, quiet_to) values ($1, $2, $3)';
  await tx.query({ text, values: [municipality, quiet.from, quiet.to] });
}
