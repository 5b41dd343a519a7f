import { hash } from 'node:crypto';
import { type Id, leafHash, rootOfRun } from '../kernel/index.ts';

/** Who may ever read the list of what concerned a person; each has its own numbering without gaps. */
export const audiences = ['guardian', 'learner', 'officer'] as const;
export type Audience = (typeof audiences)[number];

export const hashBytes = 32;

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
  elements: readonly string[];
  subjects: readonly Id[];
  masks: readonly number[];
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

/** Leaf hash of that record; `subLeaves` lie one behind the other. */
export function eventLeaf(event: LoggedEvent, subLeaves: Buffer): Buffer {
  return leafHash(canonicalEvent(event, rootOfRun(subLeaves).toString('hex')));
}

/** The record's canonical JSON (RFC 8785), its members written in their order. */
export function canonicalEvent(event: LoggedEvent, subjectsRoot: string): string {
  const text = JSON.stringify;
  return (
    `{"action":${text(event.action)},"actor":${text(event.actor_id)},"at":"${event.at.toISOString()}",` +
    `"decision":${text(event.decision)},"elements":${text(event.elements)},"plugin":${text(event.plugin)},` +
    `"position":${event.position},"purpose":${text(event.purpose)},"reason":${text(event.reason)},` +
    `"revision":${text(event.revision)},"role":${text(event.actor_role)},"school":${text(event.school_id)},` +
    `"subjects":"${subjectsRoot}","v":1,"version":${text(event.version)}}`
  );
}

/** Where the person's chain stood before the event, and the event's number in it. The link is hexadecimal. */
export interface ChainPlace {
  n: number;
  previous: string;
}

export interface SubjectRecord {
  v: 1;
  position: number;
  person: Id;
  mask: number;
  salt: string;
  chains: Partial<Record<Audience, ChainPlace>>;
}

export type ChainPlaces = readonly { audience: Audience; place: ChainPlace }[];

/** What a sub-leaf says about one person. Only who has the person's salt can tell that it is about that person. */
export function subjectRecord(
  of: { position: number; person: Id; mask: number },
  salt: Buffer,
  places: ChainPlaces,
): SubjectRecord {
  const chains = Object.fromEntries(places.map(({ audience, place }) => [audience, place]));
  return { v: 1, ...of, salt: saltAt(salt, of.position), chains };
}

/**
 * Leaf hash of that record, as Latin-1 text. The canonical JSON is written out, since its members are known and hold nothing
 * to escape: a class list has one for each pupil.
 */
export function subLeaf(
  { position, person, mask }: { position: number; person: Id; mask: number },
  salt: Buffer,
  places: ChainPlaces,
): string {
  let chains = '';
  for (const { audience, place } of places)
    chains += `${chains && ','}"${audience}":{"n":${place.n},"previous":"${place.previous}"}`;
  const own = saltAt(salt, position);
  const record = `{"chains":{${chains}},"mask":${mask},"person":"${person}","position":${position},"salt":"${own}","v":1}`;
  return hash('sha256', `\0${record}`, 'binary');
}

const blockBytes = 64;
const digits = 16;
const inner = Buffer.alloc(blockBytes + digits);
const outer = Buffer.alloc(blockBytes + hashBytes);

/** HMAC-SHA-256 (RFC 2104) of the position, written out: node's own makes a key object for each call, ten times the work. */
function saltAt(salt: Buffer, position: number): string {
  inner.fill(0x36, 0, blockBytes);
  outer.fill(0x5c, 0, blockBytes);
  for (let i = 0; i < salt.length; i += 1) {
    inner[i]! ^= salt[i]!;
    outer[i]! ^= salt[i]!;
  }
  const length = inner.write(String(position), blockBytes, 'latin1');
  outer.write(hash('sha256', inner.subarray(0, blockBytes + length), 'binary'), blockBytes, 'latin1');
  return hash('sha256', outer, 'hex');
}

const linkInput = Buffer.alloc(2 * hashBytes);

/** The next link of a chain, hexadecimal like the one before; the leaf is Latin-1 text. */
export function nextLink(previous: string, leaf: string): string {
  linkInput.write(previous, 0, 'hex');
  linkInput.write(leaf, hashBytes, 'latin1');
  return hash('sha256', linkInput, 'hex');
}

/** The link before the first. */
export const firstLink = '0'.repeat(2 * hashBytes);

/** For whom an event is. What only the data protection officer may see carries an action under `case.`. */
export function audiencesOf({ action }: Pick<LoggedEvent, 'action'>): readonly Audience[] {
  return action.startsWith('case.') ? officerOnly : audiences;
}

const officerOnly = ['officer'] as const;
