import { Type } from 'typebox';

export const id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
export const IdParams = Type.Object({ id });

export const AskBody = Type.Object(
  { learner: id, reason: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S[\\s\\S]{8,}\\S' }) },
  { additionalProperties: false },
);

export const Asked = Type.Object({ id });

const named = Type.Object({ id, name: Type.String() });
const who = Type.Object({ name: Type.String(), role: Type.String() });
const nullable = <S extends typeof who | ReturnType<typeof Type.String>>(schema: S) =>
  Type.Union([schema, Type.Null()]);

export const OpeningList = Type.Object({
  items: Type.Array(
    Type.Object({
      id,
      learner: named,
      school: named,
      asker: who,
      isMine: Type.Boolean(),
      reason: Type.String(),
      state: Type.Enum(['waiting', 'lapsed', 'refused', 'open', 'ended']),
      askedAt: Type.String(),
      answer: Type.Union([Type.Literal('opened'), Type.Literal('refused'), Type.Null()]),
      answeredBy: nullable(who),
      answeredAt: nullable(Type.String()),
      endsAt: nullable(Type.String()),
      isNoted: Type.Boolean(),
    }),
  ),
});

export const Contacts = Type.Object({
  learner: Type.Object({
    id,
    givenName: Type.Optional(Type.String()),
    familyName: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
    phone: Type.Optional(Type.String()),
    address: Type.Optional(Type.String()),
  }),
  until: Type.String(),
});
