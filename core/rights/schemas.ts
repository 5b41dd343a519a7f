import { Type } from 'typebox';
import type { Actor } from '../identity/index.ts';
import { requestKinds } from './request-store.ts';

export const id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
export const texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });
export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
export const text = (least: number, most: number) => Type.String({ minLength: least, maxLength: most, pattern: '\\S' });
export const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
export const strict = { additionalProperties: false } as const;

export const isOfficer = ({ role, municipality }: Actor): boolean =>
  role === 'dataProtectionOfficer' && municipality.kind === 'municipality';

export const ofPerson = Type.Object({ child: Type.Union([Type.Literal('me'), id]) });
export const byId = Type.Object({ id });
export const Done = Type.Object({ done: Type.Literal(true) });
export const done = { body: { done: true as const } };

const wish = {
  kind: Type.Enum([...requestKinds]),
  wish: text(3, 2000),
  element: Type.Optional(Type.String({ maxLength: 60 })),
  value: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
};
export const WishBody = Type.Object(wish, strict);
const learnerNumber = Type.String({ minLength: 3, maxLength: 64 });
export const OnBehalfBody = Type.Object({ ...wish, learnerNumber, onBehalf: text(3, 500) }, strict);
export const ExportOnBehalfBody = Type.Object({ learnerNumber, onBehalf: text(3, 500) }, strict);

const named = Type.Array(Type.Object({ element: Type.String(), text: texts }));
const at = Type.String();

export const Asked = Type.Object({ id: Type.String(), dueOn: Type.String() });

const RequestShown = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  askedAt: at,
  wish: Type.String(),
  element: orNull(Type.String()),
  value: orNull(Type.String()),
  dueOn: day,
  extension: orNull(Type.String()),
  state: Type.String(),
  outcome: orNull(Type.String()),
  reasons: orNull(Type.String()),
  decidedAt: orNull(at),
  liftedAt: orNull(at),
  inForce: Type.Boolean(),
  erasures: Type.Array(
    Type.Object({
      source: Type.String(),
      text: texts,
      plugin: orNull(Type.String()),
      purpose: orNull(Type.String()),
      choice: Type.String(),
      rule: Type.String(),
      ruleText: texts,
      reason: orNull(Type.String()),
      dueOn: orNull(day),
      doneAt: orNull(at),
      rows: orNull(Type.Integer()),
    }),
  ),
  recipients: Type.Array(
    Type.Object({ kind: Type.String(), name: Type.String(), state: Type.String(), acknowledgedAt: orNull(at) }),
  ),
  receipts: Type.Array(Type.Object({ id: Type.String(), at })),
});

export const OwnRequestsShown = Type.Object({
  requests: Type.Array(RequestShown),
  inForce: Type.Array(Type.Object({ kind: Type.String(), since: day })),
  mayAsk: Type.Boolean(),
});

const line = {
  id: Type.String(),
  person: Type.Object({ id: Type.String(), name: Type.String() }),
  kind: Type.String(),
  askedRole: Type.String(),
  onBehalf: orNull(Type.String()),
  askedAt: at,
  dueOn: day,
  daysLeft: Type.Integer(),
  state: Type.String(),
  outcome: orNull(Type.String()),
  inForce: Type.Boolean(),
};
export const RequestLines = Type.Array(Type.Object(line));
export const RequestDetailShown = Type.Object({
  ...line,
  request: RequestShown,
  elementText: orNull(texts),
  present: orNull(Type.String()),
  plan: Type.Array(
    Type.Object({
      source: Type.String(),
      text: texts,
      plugin: Type.String(),
      purpose: Type.String(),
      rows: Type.Integer(),
      proposal: Type.String(),
      rule: Type.String(),
      ruleText: texts,
      dueOn: orNull(day),
    }),
  ),
  recipients: Type.Array(
    Type.Object({
      kind: Type.String(),
      name: Type.String(),
      elements: named,
      lastReadAt: at,
      state: Type.String(),
      toldAt: orNull(at),
      acknowledgedAt: orNull(at),
      note: orNull(Type.String()),
    }),
  ),
});

export const DecisionBody = Type.Object(
  {
    outcome: Type.Enum(['accepted', 'declined']),
    reasons: text(3, 4000),
    choices: Type.Optional(
      Type.Array(
        Type.Object(
          {
            source: Type.String({ maxLength: 40 }),
            plugin: Type.Optional(Type.String({ maxLength: 80 })),
            purpose: Type.Optional(Type.String({ maxLength: 60 })),
            choice: Type.Enum(['erase', 'retain', 'decline']),
            reason: Type.Optional(text(3, 1000)),
          },
          strict,
        ),
        { maxItems: 200 },
      ),
    ),
  },
  strict,
);
export const ReasonBody = Type.Object({ reason: text(3, 1000) }, strict);
export const RecipientBody = Type.Object(
  {
    kind: Type.Enum(['plugin', 'processor']),
    name: Type.String({ minLength: 1, maxLength: 300 }),
    state: Type.Enum(['told', 'acknowledged']),
    note: Type.Optional(text(1, 500)),
  },
  strict,
);

export const ExportsShown = Type.Array(
  Type.Object({
    id: Type.String(),
    askedAt: at,
    state: Type.String(),
    code: orNull(Type.String()),
    readyAt: orNull(at),
    expiresAt: orNull(at),
    done: Type.Integer(),
    sources: Type.Array(
      Type.Object({ source: Type.String(), title: texts, rows: Type.Integer(), completeness: Type.String() }),
    ),
  }),
);
