import { setTimeout } from 'node:timers/promises';
import { familyTie } from '../consent/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, refuse, rootOfRun } from '../kernel/index.ts';
import { appendNumbered } from './audit-event.ts';
import { type Evidence, proof, subjectProof } from './evidence.ts';
import { type FiledEvent, filedEvents, eventsAt } from './filed-store.ts';
import { type Audience, eventRecord, subjectRecord } from './leaves.ts';
import { newestCheckpoint } from './sequencer-store.ts';
import type { Sequencer } from './sequencer.ts';
import { createTreeReader } from './tree-reader.ts';

/** All that the log has about one person for the family, with the proof that these are all. */
export interface FamilyDownload {
  kind: 'digione-family-log';
  person: Id;
  audience: Audience;
  takenAt: string;
  events: Omit<Evidence, 'checkpoint'>[];
  checkpoint: string;
}

interface Parts {
  database: Database;
  clock: Clock;
  sequencer: Sequencer;
}

const mostWaits = 50;
const waitMs = 100;

/**
 * The download is an event of the list itself: it takes the next number, so that whoever counts from the first up to it knows
 * that nothing is missing.
 */
export async function familyDownload(
  { database, clock, sequencer }: Parts,
  actor: Actor,
  child: string,
): Promise<FamilyDownload> {
  const municipality = actor.municipality.id;
  const own = await database.inTenant(municipality, async (tx) => {
    const tie = await familyTie(tx, actor, { child, today: clock.today() });
    if (tie.withheld) refuseWithheld();
    const position = await appendNumbered(tx, downloadOf(actor, tie.child), clock);
    return { municipality, person: tie.child, position };
  });
  for (let wait = 0; wait < mostWaits; wait += 1) {
    await sequencer.integrate(municipality);
    const found = await database.inTenant(
      municipality,
      (tx) => downloadUpTo(tx, own, { audience: actor.role === 'student' ? 'learner' : 'guardian', clock }),
      { isolation: 'repeatable read', readOnly: true },
    );
    if (found) return found;
    await setTimeout(waitMs);
  }
  return refuse('unavailable', 'The list is being made. Try again in a moment.');
}

/** What a proof names, the school and who looked, is withheld near a protected learner. */
export function refuseWithheld(): never {
  return refuse('not-allowed', 'Because of a non-disclosure order this is given out by the data protection officer.');
}

function downloadOf(actor: Actor, child: Id) {
  return {
    municipality: actor.municipality.id,
    action: 'family.download',
    purpose: 'own-pages',
    actor: actor.person,
    actorRole: actor.role,
    subjects: [{ person: child, mask: 0 }],
  };
}

async function downloadUpTo(
  tx: Tx,
  own: { municipality: Id; person: Id; position: number },
  { audience, clock }: { audience: Audience; clock: Clock },
): Promise<FamilyDownload | undefined> {
  const { municipality, person, position } = own;
  const filed = await filedEvents(tx, { municipality, person });
  const last = numberOf(
    filed.find((one) => one.position === position),
    audience,
  );
  const checkpoint = await newestCheckpoint(tx, municipality);
  if (last === undefined || !checkpoint) return undefined;
  const wanted = filed
    .filter((one) => (numberOf(one, audience) ?? last + 1) <= last)
    .sort((a, b) => numberOf(a, audience)! - numberOf(b, audience)!);
  const events = await evidences(tx, { municipality, person, filed: wanted, size: checkpoint.size });
  const takenAt = clock.now().toISOString();
  return { kind: 'digione-family-log', person, audience, takenAt, events, checkpoint: checkpoint.note };
}

function numberOf(filed: FiledEvent | undefined, audience: Audience): number | undefined {
  return filed?.places.find((one) => one.audience === audience)?.place.n;
}

/** Events whose row left with its month, while the run they were filed in is still there, are left out: the numbers tell. */
async function evidences(
  tx: Tx,
  of: { municipality: Id; person: Id; filed: readonly FiledEvent[]; size: number },
): Promise<Omit<Evidence, 'checkpoint'>[]> {
  const { municipality, person, filed, size } = of;
  const positions = filed.map(({ position }) => position);
  const rows = new Map((await eventsAt(tx, municipality, positions)).map((event) => [event.position, event]));
  const tree = createTreeReader(tx, municipality);
  const made: Omit<Evidence, 'checkpoint'>[] = [];
  for (const { position, leaf, place, places, subLeaves, salt } of filed) {
    const event = rows.get(position);
    if (!event || !salt) continue;
    made.push({
      event: eventRecord(event, rootOfRun(subLeaves)),
      subject: subjectRecord({ position, person, mask: event.masks[place]! }, salt, places),
      subjectProof: subjectProof(subLeaves, place),
      logProof: proof(leaf, size, await tree.inclusion(leaf, size)),
    });
  }
  return made;
}
