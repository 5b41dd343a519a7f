import { Type } from 'typebox';
import { SummarySchema } from '../catalogue/index.ts';
import { ReleaseAnswer } from '../publish/index.ts';
import { decisions } from './decide.ts';

const lane = Type.Enum(['new', 'update']);
const text = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });

export const DecisionBody = Type.Object(
  { decision: Type.Enum([...decisions]), reason: Type.String({ minLength: 1, maxLength: 2000 }) },
  { additionalProperties: false },
);

export const QueueAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      plugin: Type.String(),
      version: Type.String(),
      lane,
      state: Type.String(),
      publishedAt: Type.String({ format: 'date-time' }),
    }),
  ),
});

export const FiguresAnswer = Type.Object({
  lanes: Type.Array(
    Type.Object({
      lane,
      waiting: Type.Integer(),
      medianSecondsToFirstAnswer: Type.Union([Type.Number(), Type.Null()]),
    }),
  ),
});

const TermChange = Type.Object({
  kind: Type.String(),
  key: Type.String(),
  direction: Type.Enum(['widens', 'narrows', 'rewords']),
  before: Type.Optional(Type.Number()),
  after: Type.Optional(Type.Number()),
  text,
});

export const ReviewAnswer = Type.Object({
  ...ReleaseAnswer.properties,
  manifest: Type.Record(Type.String(), Type.Unknown()),
  labels: SummarySchema.properties.labels,
  comparedWith: Type.Union([Type.String(), Type.Null()]),
  termChanges: Type.Array(TermChange),
});
