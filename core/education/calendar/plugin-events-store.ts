import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

/** An event that a plugin added to a class. */
export interface PluginEvent {
  id: Id;
  class: Id;
  school: Id;
  title: string;
  place: string | null;
  startAt: Date;
  endAt: Date;
  plugin: string;
  /** UID of the iCalendar text that it came from. */
  uid: string | null;
}

/** Adds or changes an event of a plugin; false when the id belongs to another plugin's event, or to the timetable. */
export async function putPluginEvent(tx: Tx, municipality: Id, event: PluginEvent): Promise<boolean> {
  const { id, class: of, school, title, place, startAt, endAt, plugin, uid } = event;
  const written = await tx.query({
    text: `insert into calendar_event as v (municipality_id, id, class_id, school_id, title, place, start_at, end_at, plugin, plugin_uid)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (municipality_id, id) do update set title = excluded.title, place = excluded.place,
        start_at = excluded.start_at, end_at = excluded.end_at
      where v.plugin = excluded.plugin and v.school_id = excluded.school_id and v.class_id = excluded.class_id returning 1`,
    values: [municipality, id, of, school, title, place, startAt, endAt, plugin, uid],
  });
  return written.length > 0;
}

/** The id under which the plugin has this UID in the class already. */
export async function eventOfUid(
  tx: Tx,
  municipality: Id,
  { plugin, class: of, uid }: { plugin: string; class: Id; uid: string },
): Promise<Id | undefined> {
  const text =
    'select id from calendar_event where municipality_id = $1 and plugin = $2 and class_id = $3 and plugin_uid = $4';
  const [found] = await tx.query<{ id: Id }>({ text, values: [municipality, plugin, of, uid] });
  return found?.id;
}

/** Events of the plugin in the school, so that it can not fill the calendar. */
export async function countPluginEvents(
  tx: Tx,
  municipality: Id,
  { plugin, school }: { plugin: string; school: Id },
): Promise<number> {
  const text =
    'select count(*)::int as n from calendar_event where municipality_id = $1 and plugin = $2 and school_id = $3';
  const [row] = await tx.query<{ n: number }>({ text, values: [municipality, plugin, school] });
  return row?.n ?? 0;
}

/** False when there is no such event of the plugin, or attendance was reported of it. */
export async function removePluginEvent(
  tx: Tx,
  municipality: Id,
  { plugin, school, id }: { plugin: string; school: Id; id: Id },
): Promise<boolean> {
  const text = `delete from calendar_event v where v.municipality_id = $1 and v.plugin = $2 and v.school_id = $3 and v.id = $4
    and not exists (select from attendance a where a.municipality_id = $1 and a.event_id = v.id) returning 1`;
  return (await tx.query({ text, values: [municipality, plugin, school, id] })).length > 0;
}
