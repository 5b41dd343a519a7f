import { type Static, Type } from 'typebox';
import { pluginErrorCodes } from '../errors/index.ts';
import { languages, methodPattern, slugPattern } from '../manifest/index.ts';
import { ThemeSchema } from './theme.ts';

const strict = { additionalProperties: false } as const;
const id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** The version of the bridge that this SDK speaks. */
export const bridgeVersion = 1;

/** Bounds that the host keeps; see PROTOCOL.md for the answer to each. */
export const bridgeLimits = Object.freeze({
  callsInFlight: 32,
  messageBytes: 1024 * 1024,
  depth: 32,
  callsPerTenSeconds: 200,
  messagesPerSecond: 200,
  malformedMessages: 20,
  height: 20_000,
  connectMilliseconds: 10_000,
});

/** Page → parent window: the page is there. */
export const ReadyMessage = Type.Object(
  {
    type: Type.Literal('digione:ready'),
    versions: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 10 }),
  },
  strict,
);

/** Host → page's window, with one transferred port. */
export const ConnectMessage = Type.Object({
  type: Type.Literal('digione:connect'),
  version: Type.Literal(bridgeVersion),
  page: Type.String({ pattern: slugPattern }),
  language: Type.Enum([...languages]),
  theme: ThemeSchema,
  argument: Type.Optional(Type.Unknown()),
});
/** Host → page's window, with one transferred port. */
export type ConnectMessage = Static<typeof ConnectMessage>;

/** Page → host: call the backend. */
export const CallMessage = Type.Object(
  { id, kind: Type.Literal('call'), method: Type.String({ pattern: methodPattern }), argument: Type.Unknown() },
  strict,
);
/** Page → host: call the backend. */
export type CallMessage = Static<typeof CallMessage>;

/** Everything that a page may send over the port. */
export const PageMessage = Type.Union([
  CallMessage,
  Type.Object(
    { kind: Type.Literal('resize'), height: Type.Integer({ minimum: 0, maximum: bridgeLimits.height }) },
    strict,
  ),
  Type.Object({ kind: Type.Literal('escape') }, strict),
  Type.Object({ kind: Type.Literal('failed'), message: Type.String({ maxLength: 500 }) }, strict),
]);
/** Everything that a page may send over the port. */
export type PageMessage = Static<typeof PageMessage>;

const CallError = Type.Object(
  {
    code: Type.Enum([...pluginErrorCodes]),
    message: Type.String({ maxLength: 1000 }),
    trace: Type.Optional(Type.String({ maxLength: 64 })),
  },
  strict,
);
/** Host → page: the answer to a call. */
export const AnswerMessage = Type.Union([
  Type.Object({ id, ok: Type.Literal(true), value: Type.Unknown() }, strict),
  Type.Object({ id, ok: Type.Literal(false), error: CallError }, strict),
]);
/** Host → page: the answer to a call. */
export type AnswerMessage = Static<typeof AnswerMessage>;

const event = <Name extends string, Value extends Type.TSchema>(name: Name, value: Value) =>
  Type.Object({ kind: Type.Literal('event'), name: Type.Literal(name), value }, strict);

/** Why a plugin was stopped. */
export const stopReasons = ['municipality', 'revoked', 'failed', 'signed-out'] as const;

/** Host → page: something happened. */
export const EventMessage = Type.Union([
  event('theme', ThemeSchema),
  event('language', Type.Enum([...languages])),
  event('focus', Type.Enum(['first', 'last'])),
  event('changed', Type.Null()),
  event('stopped', Type.Object({ reason: Type.Enum([...stopReasons]) }, strict)),
]);
/** Host → page: something happened. */
export type EventMessage = Static<typeof EventMessage>;
/** Name of an event. */
export type EventName = EventMessage['name'];
/** What comes with an event. */
export type EventValue<Name extends EventName> = Extract<EventMessage, { name: Name }>['value'];
