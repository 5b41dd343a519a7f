import { type Static, Type } from 'typebox';
import { defineCapability } from './define.ts';
import { instant, pairwiseId, strict } from './parts.ts';

/** Name of an event: `<vendor>.<plugin>.<what>` of a plugin, `<what>.<happened>` of the core. */
export const eventName = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,38}(\\.[a-z][a-zA-Z0-9-]{0,38}){1,2}$',
  maxLength: 120,
});
const key = Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,100}$' });
const body = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown());

/**
 * What an event handler is given. An event comes at least once; `id` is the same each time it comes, so remember it where
 * doing the work twice would do harm. Events with the same `key` come in the order in which they were published.
 */
export const PluginEvent = Type.Object(
  {
    id: Type.String({ maxLength: 64 }),
    name: eventName,
    key: Type.Optional(key),
    subject: Type.Optional(pairwiseId),
    body,
    publishedAt: instant,
    attempt: Type.Integer({ minimum: 1 }),
  },
  strict,
);
/** What an event handler is given. */
export type PluginEvent = Static<typeof PluginEvent>;

/** Tells the plugins of this school that subscribe. `subject` is the learner whom it is about: who may not see the learner is not told. */
export const publishEvent = defineCapability({
  name: 'events.publish',
  summary:
    'Publishes an event that the manifest declares to the plugins of this school that subscribe to it. Of a learner, only plugins that may see the learner are told.',
  scope: 'events',
  argument: Type.Object({ name: eventName, key: Type.Optional(key), subject: Type.Optional(pairwiseId), body }, strict),
  result: Type.Object({ id: Type.String({ maxLength: 64 }) }, strict),
});
