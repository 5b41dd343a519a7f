import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, refuse } from '../kernel/index.ts';
import { appendEvent } from './audit-event.ts';
import { type Incident, incidentOf } from './incident.ts';
import { logLines } from './log-export.ts';
import { type ProcessingActivity, processingRecord } from './processing-record.ts';

/** What the data protection officer asks the log. */
export interface Officer {
  /** "What did this plugin read between these instants: whose, which fields." The question itself is logged, for the officer's eyes. */
  incident(
    actor: Actor,
    question: { plugin: string; from: string; to: string; cursor?: Id; limit?: number },
  ): Promise<Incident>;
  processing(actor: Actor): Promise<ProcessingActivity[]>;
  /** The municipality's whole log as `digione audit verify` reads it. Taking it is logged, for the officer's eyes. */
  takeLog(actor: Actor): Promise<Readable>;
}

const usualPersons = 500;

export function createOfficer({ database, clock }: { database: Database; clock: Clock }): Officer {
  return {
    incident: (actor, { plugin, from, to, cursor, limit = usualPersons }) =>
      database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const time = { from: new Date(from), to: new Date(to) };
          if (!(time.from < time.to)) refuse('invalid', 'The time ends after it begins.');
          const asked = { plugin, ...time, limit, ...(cursor && { after: cursor }) };
          const found = await incidentOf(tx, actor.municipality.id, asked);
          const event = {
            municipality: actor.municipality.id,
            action: 'case.incident',
            reason: plugin,
            actor: actor.person,
            actorRole: actor.role,
            subjects: found.persons.map(({ id }) => ({ person: id, mask: 0 })),
          };
          await appendEvent(tx, event, clock);
          return found;
        },
        { isolation: 'repeatable read' },
      ),
    processing: (actor) =>
      database.inTenant(actor.municipality.id, (tx) => processingRecord(tx, actor.municipality.id), { readOnly: true }),
    async takeLog(actor) {
      const municipality = actor.municipality.id;
      const taken = { municipality, action: 'case.log-export', actor: actor.person, actorRole: actor.role };
      await database.inTenant(municipality, (tx) => appendEvent(tx, taken, clock));
      return streamLog(database, municipality);
    },
  };
}

/** One snapshot for as long as somebody reads; whoever stops reading ends it. */
function streamLog(database: Database, municipality: Id): Readable {
  const out = new PassThrough();
  const send = (tx: Tx) => pipeline(Readable.from(logLines(tx, municipality)), out);
  database
    .inTenant(municipality, send, { isolation: 'repeatable read', readOnly: true })
    .catch((error: Error) => out.destroy(error));
  return out;
}
