import { bind, type Plugin, type RegisteredPlugin } from '../backend/index.ts';
import type { StoredRecord } from '../capabilities/index.ts';
import { PluginError } from '../errors/index.ts';
import type { Manifest } from '../manifest/index.ts';
import { checkViews, type View } from '../views/index.ts';
import {
  type ConsentQuestion,
  createTestHost,
  type LogLine,
  type PublishedEvent,
  type SentMessage,
} from './test-host.ts';
import type { TestSchool } from './test-school.ts';

/** A plugin under test. */
export interface PluginUnderTest<P extends Plugin> {
  /** Calls the backend as the page does. */
  call<M extends keyof P['calls'] & string>(method: M, argument?: unknown): Promise<AnswerOf<P['calls'], M>>;
  /** Draws a tile; throws when what comes isn't a tree of views. */
  tile(id: string): Promise<View>;
  /** Hands an event over. */
  event(name: string, event: unknown): Promise<unknown>;
  /** Lets a schedule's time come. */
  schedule(name: string): Promise<unknown>;
  /** All that was stored in a collection, also what the plugin may not see now. */
  records(collection: string): readonly StoredRecord[];
  /** The events that the plugin published. */
  readonly published: readonly PublishedEvent[];
  /** The messages that the plugin sent. */
  readonly messages: readonly SentMessage[];
  /** The consents that the plugin asked for. */
  readonly asked: readonly ConsentQuestion[];
  /** What the plugin logged. */
  readonly log: readonly LogLine[];
}

type AnswerOf<C, M extends keyof C> = C[M] extends (...args: never[]) => infer R ? Awaited<R> : unknown;

/**
 * Runs a backend against a school in memory. It's fast and quiet and good for an author's own tests; whether the backend runs inside the
 * sandbox's limits is for `digione check`.
 *
 * @example
 * const school = makeTestSchool({ consents: (student) => student !== 'student-2' });
 * const plugin = testPlugin(backend, manifest, school);
 * const { students } = await plugin.call('todaysClass', {});
 */
export function testPlugin<P extends Plugin>(plugin: P, manifest: Manifest, school: TestSchool): PluginUnderTest<P> {
  const host = createTestHost({ manifest, school });
  const registered = bind(plugin, host);
  const run = (kind: keyof RegisteredPlugin, name: string, argument: unknown) =>
    runHandler(registered, kind, { name, argument });
  return {
    call: (method, argument = null) => run('calls', method, argument) as Promise<never>,
    tile: async (id) => checked(id, await run('tiles', id, null)),
    event: (name, event) => run('events', name, event),
    schedule: (name) => run('schedules', name, null),
    records: (collection) => host.shelf.records(collection),
    published: host.published,
    messages: host.messages,
    asked: host.asked,
    log: host.log,
  };
}

async function runHandler(
  plugin: RegisteredPlugin,
  kind: keyof RegisteredPlugin,
  { name, argument }: { name: string; argument: unknown },
): Promise<unknown> {
  const handler = Object.hasOwn(plugin[kind], name) ? plugin[kind][name] : undefined;
  if (!handler) throw new PluginError('not-found', `The plugin has no "${name}" in its ${kind}.`);
  const answer = await handler(JSON.parse(JSON.stringify(argument)));
  return answer === undefined ? null : JSON.parse(JSON.stringify(answer));
}

function checked(id: string, tree: unknown): View {
  const outcome = checkViews(tree);
  if (outcome.ok) return outcome.view;
  throw new PluginError(
    'invalid-result',
    `The tile "${id}" at ${outcome.problem.pointer || '/'}: ${outcome.problem.message}`,
  );
}
