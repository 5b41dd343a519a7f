import { Compile } from 'typebox/schema';
import type { ArgumentOf, Capabilities, ResultOf } from '../capabilities/index.ts';
import { PluginError } from '../errors/index.ts';
import type { DoorDeps } from './door-deps.ts';

type Argument<Name extends keyof Capabilities> = ArgumentOf<Capabilities[Name]>;
type Result<Name extends keyof Capabilities> = ResultOf<Capabilities[Name]>;

/** Asks the test instead of the network, and only for hosts that the manifest names. */
export function sendRequest({ manifest, school }: DoorDeps, request: Argument<'http.request'>): Result<'http.request'> {
  const url = URL.parse(request.url);
  const port = Number(url?.port || 443);
  if (url?.protocol !== 'https:')
    throw new PluginError('invalid-argument', 'A request goes to an address that begins with https://.');
  if (!manifest.egress.some((egress) => egress.host === url.hostname && egress.port === port))
    throw new PluginError('not-allowed', `"egress" of the manifest does not name ${url.hostname}:${port}.`);
  return { headers: {}, body: '', ...school.outside(request) };
}

/** Events that the plugin published, as far as the manifest declares them. */
export function publishEvent({ manifest }: DoorDeps, { name, body }: Argument<'events.publish'>): void {
  const schema = manifest.events?.schemas?.[name];
  if (!manifest.events?.publishes.includes(name) || !schema)
    throw new PluginError('scope-missing', `The manifest does not publish "${name}".`);
  if (!Compile(schema).Check(body))
    throw new PluginError('invalid-argument', `The body of "${name}" does not fit its schema.`);
}

/** A message may be sent about the learners whom the user teaches. */
export function checkMessage({ school }: DoorDeps, { subject }: { subject: string }): void {
  if (!school.classes.some(({ students }) => students.some(({ id }) => id === subject)))
    throw new PluginError('not-allowed', 'No message may be sent about this learner now.');
}

/** What the municipality set, or nothing. */
export function readSecret({ school }: DoorDeps, { name }: Argument<'secrets.get'>): Result<'secrets.get'> {
  return { value: Object.hasOwn(school.secrets, name) ? (school.secrets[name] ?? null) : null };
}

/** Small groups as every school page shows them: none is blank, one to four is a range, more is rounded to threes. */
export function publishCounts({ groups }: Argument<'aggregate.publish'>): Result<'aggregate.publish'> {
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return { groups: groups.map(({ label, count }) => ({ label, shown: shownCount(count) })), total: shownCount(total) };
}

function shownCount(count: number): string {
  if (count === 0) return '';
  return count < 5 ? '1–4' : String(Math.round(count / 3) * 3);
}
