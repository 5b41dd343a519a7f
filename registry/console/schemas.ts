import { Type } from 'typebox';
import { ReleaseAnswer } from '../publish/index.ts';

const strict = { additionalProperties: false } as const;
const instant = Type.String({ format: 'date-time' });
const nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) => Type.Union([schema, Type.Null()]);
const texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });
const role = Type.Enum(['owner', 'developer', 'approver']);
const day = 24 * 60 * 60;

export const VendorsAnswer = Type.Object({
  items: Type.Array(Type.Object({ namespace: Type.String(), name: Type.String(), state: Type.String(), role })),
});

export const MemberAnswer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role,
  username: nullable(Type.String()),
  hasSignedIn: Type.Boolean(),
});

export const ConsoleAnswer = Type.Object({
  namespace: Type.String(),
  name: Type.String(),
  businessId: Type.String(),
  country: Type.String(),
  state: Type.String(),
  role,
  members: Type.Array(MemberAnswer),
  keys: Type.Array(Type.Object({ keyId: Type.String(), publicKey: Type.String(), revokedAt: nullable(Type.String()) })),
  tokens: Type.Array(
    Type.Object({
      id: Type.String(),
      member: Type.String(),
      scopes: Type.Array(Type.String()),
      plugin: nullable(Type.String()),
      createdAt: instant,
      expiresAt: instant,
      isGood: Type.Boolean(),
    }),
  ),
  plugins: Type.Array(
    Type.Object({
      plugin: Type.String(),
      name: texts,
      versions: Type.Array(
        Type.Object({ version: Type.String(), state: Type.String(), stateSince: instant, publishedAt: instant }),
      ),
    }),
  ),
});

export const OwnPluginAnswer = Type.Object({
  plugin: Type.String(),
  name: Type.Optional(texts),
  versions: Type.Array(ReleaseAnswer),
});

export const NewOwnToken = Type.Object(
  {
    plugin: Type.Optional(Type.String({ maxLength: 80 })),
    lifetimeSeconds: Type.Integer({ minimum: 60, maximum: day }),
  },
  strict,
);

export const NewMemberBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
    username: Type.String({ minLength: 1, maxLength: 255, pattern: '^\\S+$' }),
    role,
  },
  strict,
);

export const Ended = Type.Object({ keys: Type.Integer(), tokens: Type.Integer() });
