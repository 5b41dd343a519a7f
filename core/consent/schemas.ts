import { Type } from 'typebox';
import { consentStates } from './consent-state.ts';

const texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });
const plugin = Type.String({ maxLength: 80 });
const purpose = Type.String({ maxLength: 80 });
const state = Type.Enum([...consentStates]);

const NoticeShown = Type.Object({
  hash: Type.String(),
  body: Type.Object({
    language: Type.String(),
    plugin,
    purpose,
    text: Type.String(),
    withoutConsent: Type.Union([Type.String(), Type.Null()]),
    elements: Type.Array(Type.Object({ element: Type.String(), text: texts })),
    recipients: Type.Array(Type.String()),
    places: Type.Array(Type.String()),
    vendor: Type.String(),
    retentionDays: Type.Integer(),
    basis: Type.Literal('consent'),
  }),
});

export const ConsentList = Type.Array(
  Type.Object({
    plugin,
    name: texts,
    purpose,
    text: texts,
    withoutConsent: Type.Optional(texts),
    state,
    valid: Type.Boolean(),
    notice: NoticeShown,
    diff: Type.Optional(
      Type.Object({
        kind: Type.Enum(['none', 'material', 'editorial']),
        changes: Type.Array(
          Type.Object({
            field: Type.String(),
            kind: Type.Enum(['material', 'editorial']),
            from: Type.Unknown(),
            to: Type.Unknown(),
          }),
        ),
      }),
    ),
    prompt: Type.Boolean(),
    quietUntil: Type.Optional(Type.String()),
    may: Type.Object({
      give: Type.Boolean(),
      refuse: Type.Boolean(),
      defer: Type.Boolean(),
      withdraw: Type.Boolean(),
    }),
    mayDecide: Type.Boolean(),
    mandate: Type.Optional(Type.Enum(['denied', 'unknown'])),
    decidedAt: Type.Optional(Type.String()),
    expiresOn: Type.Optional(Type.String()),
  }),
);

export const DecisionBody = Type.Object(
  {
    plugin,
    purpose,
    decision: Type.Enum(['give', 'refuse', 'withdraw', 'defer']),
    notice: Type.Optional(Type.String({ maxLength: 64 })),
    page: Type.Optional(Type.String({ maxLength: 80 })),
    buttons: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 6 })),
  },
  { additionalProperties: false },
);

export const ConsentOutcome = Type.Object({
  plugin,
  purpose,
  state,
  valid: Type.Boolean(),
  revision: Type.Integer(),
});

export const ReviewShown = Type.Object({
  reviewedOn: Type.Union([Type.String(), Type.Null()]),
  due: Type.Boolean(),
  children: Type.Array(Type.Object({ child: Type.String(), consents: ConsentList })),
});

export const StandingBody = Type.Object(
  {
    plugin,
    purpose,
    act: Type.Enum(['suspend', 'resume', 'invalidate']),
    reason: Type.String({ minLength: 3, maxLength: 500 }),
  },
  { additionalProperties: false },
);

export const Policy = Type.Object(
  {
    plugin,
    purpose,
    deciders: Type.Enum(['any', 'all', 'self']),
    selfFrom: Type.Integer({ minimum: 13, maximum: 18 }),
  },
  { additionalProperties: false },
);
