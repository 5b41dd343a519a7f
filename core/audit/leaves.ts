import { hash } from 'node:crypto';
import { canonicalJson, type Id, leafHash, rootOf } from '../kernel/index.ts';

/** Who may ever read the list of what concerned a person; each has its own numbering without gaps. */
export const audiences = ['guardian', 'learner', 'officer'] as const;
export type Audience = (typeof audiences)[number];

/** An event as the log keeps it. */
export interface LoggedEvent {
  position: number;
  at: Date;
  action: string;
  decision: string;
  reason: string | null;
  school_id: Id | null;
  plugin: string | null;
  version: string | null;
  purpose: string | null;
  actor_id: Id | null;
  actor_role: string;
  elements: string[];
  subjects: Id[];
  masks: number[];
  revision: number | null;
}

/** Everything of an event but whom it concerned; that is only under the root of salted sub-leaves. */
export function eventRecord(event: LoggedEvent, subjectsRoot: Buffer): Record<string, unknown> {
  const { position, at, action, decision, reason, plugin, version, purpose, elements, revision } = event;
  return {
    v: 1,
    position,
    at: at.toISOString(),
    action,
    decision,
    reason,
    school: event.school_id,
    plugin,
    version,
    purpose,
    actor: event.actor_id,
    role: event.actor_role,
    elements,
    revision,
    subjects: subjectsRoot.toString('hex'),
  };
}

export function eventLeaf(event: LoggedEvent, subLeaves: readonly Buffer[]): Buffer {
  return leafHash(Buffer.from(canonicalJson(eventRecord(event, rootOf(subLeaves)))));
}

/** Where the person's chains stood before the event, and their number after it. */
export interface ChainPlace {
  n: number;
  previous: Buffer;
}

export interface SubjectRecord {
  v: 1;
  position: number;
  person: Id;
  mask: number;
  salt: string;
  chains: Partial<Record<Audience, { n: number; previous: string }>>;
}

/** What a sub-leaf says about one person. Only who has the person's salt can tell that it is about that person. */
export function subjectRecord(
  of: { position: number; person: Id; mask: number },
  salt: Buffer,
  places: ReadonlyMap<Audience, ChainPlace>,
): SubjectRecord {
  const chains = Object.fromEntries(
    [...places].map(([audience, { n, previous }]) => [audience, { n, previous: previous.toString('hex') }]),
  );
  return { v: 1, ...of, salt: saltAt(salt, of.position), chains };
}

/** HMAC-SHA-256 (RFC 2104) of the position, written out: node's own makes a key object for each call, ten times the work. */
function saltAt(salt: Buffer, position: number): string {
  const inner = Buffer.alloc(blockBytes, 0x36);
  const outer = Buffer.alloc(blockBytes, 0x5c);
  for (let i = 0; i < salt.length; i += 1) {
    inner[i]! ^= salt[i]!;
    outer[i]! ^= salt[i]!;
  }
  const digest = hash('sha256', Buffer.concat([inner, Buffer.from(String(position))]), 'buffer');
  return hash('sha256', Buffer.concat([outer, digest]), 'hex');
}

const blockBytes = 64;

/**
 * Leaf hash of that record. The canonical JSON is written out, since its members are known and hold nothing to escape: a
 * class list has one for each pupil.
 */
export function subLeaf(
  { position, person, mask }: { position: number; person: Id; mask: number },
  salt: Buffer,
  places: ReadonlyMap<Audience, ChainPlace>,
): Buffer {
  let chains = '';
  let link: ChainPlace['previous'] | undefined;
  let linkText = '';
  for (const [audience, { n, previous }] of places) {
    if (previous !== link) linkText = previous.toString('hex');
    link = previous;
    chains += `${chains && ','}"${audience}":{"n":${n},"previous":"${linkText}"}`;
  }
  const own = saltAt(salt, position);
  return leafHash(
    Buffer.from(
      `{"chains":{${chains}},"mask":${mask},"person":"${person}","position":${position},"salt":"${own}","v":1}`,
    ),
  );
}

/** The next link of a chain. */
export function nextLink(previous: Buffer, leaf: Buffer): Buffer {
  return hash('sha256', Buffer.concat([previous, leaf]), 'buffer');
}

/** The link before the first. */
export const firstLink = Buffer.alloc(32);

/** For whom an event is. What only the data protection officer may see carries an action under `case.`. */
export function audiencesOf(event: LoggedEvent): readonly Audience[] {
  return event.action.startsWith('case.') ? ['officer'] : audiences;
}
