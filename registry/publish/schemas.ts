import { Type } from 'typebox';
import { checkNames } from '../checks/index.ts';
import { SummarySchema } from '../catalogue/index.ts';
import { strengths } from './revocation-store.ts';

const word = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}$' });
const nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) => Type.Union([schema, Type.Null()]);
const instant = Type.String({ format: 'date-time' });

export const PluginParams = Type.Object({ vendor: word, name: word });
/** SemVer without build metadata; the full grammar is checked by the manifest, whose version must be this one. */
export const ReleaseParams = Type.Object({
  ...PluginParams.properties,
  version: Type.String({ pattern: '^[0-9A-Za-z.-]{5,64}$' }),
});

export const CheckResultSchema = Type.Object({
  check: Type.Enum([...checkNames]),
  ok: Type.Boolean(),
  severity: Type.Enum(['error', 'warning']),
  message: Type.String(),
  where: Type.Optional(Type.String()),
});

export const QueuePlaceSchema = Type.Object({ lane: Type.Enum(['new', 'update']), position: Type.Integer() });

export const RevocationSchema = Type.Object({
  id: Type.Integer(),
  strength: Type.Enum([...strengths]),
  reason: Type.String(),
  at: instant,
});

export const TransitionSchema = Type.Object({
  from: Type.String(),
  to: Type.String(),
  actor: Type.String(),
  reason: Type.String(),
  evidence: Type.Record(Type.String(), Type.Unknown()),
  at: instant,
});

export const ReleaseAnswer = Type.Object({
  plugin: Type.String(),
  version: Type.String(),
  digest: Type.String(),
  size: Type.Integer(),
  state: Type.String(),
  channel: nullable(Type.String()),
  consentMajor: nullable(Type.Integer()),
  publishedAt: instant,
  queue: Type.Optional(QueuePlaceSchema),
  revoked: Type.Optional(RevocationSchema),
  checks: Type.Optional(Type.Array(CheckResultSchema)),
  transitions: Type.Optional(Type.Array(TransitionSchema)),
});

/** Never "published": taking a version in is not approving it. */
export const UploadAnswer = Type.Object({
  plugin: Type.String(),
  version: Type.String(),
  digest: Type.String(),
  state: Type.String(),
  status: Type.String({ description: 'Where to ask how it goes' }),
});

export const PluginAnswer = Type.Object({
  ...SummarySchema.properties,
  manifest: Type.Record(Type.String(), Type.Unknown()),
  versions: Type.Array(
    Type.Object({
      version: Type.String(),
      state: Type.String(),
      channel: nullable(Type.String()),
      digest: Type.String(),
      consentMajor: nullable(Type.Integer()),
      publishedAt: instant,
      revoked: Type.Optional(RevocationSchema),
    }),
  ),
});

export const StateChange = Type.Object(
  {
    to: Type.Enum(['withdrawn', 'deprecated', 'end-of-life', 'answered']),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false },
);
