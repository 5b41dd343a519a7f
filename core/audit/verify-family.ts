import type { KeyObject } from 'node:crypto';
import { createHash } from 'node:crypto';
import { canonical, type EvidenceJson, leafHash, NotVerified, verifyEvidence } from './verify.ts';

/** Everything that the log has about one person for one audience, as the family view hands it out. Stand-alone like `verify.ts`. */
export interface FamilyLogJson {
  kind: 'digione-family-log';
  person: string;
  audience: string;
  /** In the order of their numbers; the last is the download itself. */
  events: Omit<EvidenceJson, 'checkpoint'>[];
  checkpoint: string;
}

export interface VerifiedFamilyLog {
  events: { n: number; event: Record<string, unknown>; subject: Record<string, unknown> }[];
  /** How many older events left after the time of keeping. */
  left: number;
  checkpoint: { origin: string; size: number };
}

/**
 * Checks each event, and that none is missing: every event carries its number and the hash chain over all before it, and the
 * last is the download itself, so nothing can have been left out between the first and that moment.
 */
export function verifyFamilyLog(log: FamilyLogJson, publicKey: KeyObject): VerifiedFamilyLog {
  const { person, audience, checkpoint } = log;
  if (!Array.isArray(log.events) || log.events.length === 0) throw new NotVerified('The file holds no events.');
  let link: string | undefined;
  let signed: VerifiedFamilyLog['checkpoint'] = { origin: '', size: 0 };
  let last = 0;
  const events = log.events.map((evidence) => {
    const verified = verifyEvidence({ ...evidence, checkpoint }, publicKey);
    signed = verified.checkpoint;
    const { event, subject } = verified;
    const chains = subject['chains'] as Record<string, { n: number; previous: string } | undefined>;
    const place = chains[audience];
    if (subject['person'] !== person || !place)
      throw new NotVerified(`Event ${String(event['position'])} is not of this list.`);
    if (link !== undefined && (place.n !== last + 1 || place.previous !== link))
      throw new NotVerified(`Between number ${last} and number ${place.n} events are missing.`);
    if (link === undefined && place.n === 1 && !/^0{64}$/.test(place.previous))
      throw new NotVerified('The first event does not begin the list.');
    last = place.n;
    link = nextLink(place.previous, leafHash(canonical(subject)));
    return { n: place.n, event, subject };
  });
  if (events.at(-1)!.event['action'] !== 'family.download')
    throw new NotVerified('The list does not end with its own download: what came last may be missing.');
  return { events, left: events[0]!.n - 1, checkpoint: signed };
}

function nextLink(previous: string, leaf: Buffer): string {
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(leaf).digest('hex');
}
