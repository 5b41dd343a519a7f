import { Type } from 'typebox';

const text = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });
const strings = Type.Array(Type.String());

export const SearchQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200 })),
    facet: Type.Optional(
      Type.String({ maxLength: 500, description: 'kind:value words between commas; all of them must hold' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    language: Type.Optional(Type.String({ maxLength: 2 })),
  },
  { additionalProperties: false },
);

export const SummarySchema = Type.Object({
  plugin: Type.String(),
  version: Type.String(),
  state: Type.String(),
  channel: Type.Union([Type.String(), Type.Null()]),
  name: text,
  description: text,
  vendor: Type.Object({ name: Type.String(), country: Type.String() }),
  labels: Type.Object({
    dataCategories: strings,
    legalBases: strings,
    countries: strings,
    accessibility: Type.String(),
    ai: Type.Boolean(),
    price: Type.Object({ perLearnerYear: Type.Number(), currency: Type.String(), vatPercent: Type.Number() }),
    licence: Type.String(),
  }),
});

export const SearchAnswer = Type.Object({ items: Type.Array(SummarySchema), next: Type.Optional(Type.String()) });
export const FacetAnswer = Type.Object({
  items: Type.Array(Type.Object({ facet: Type.String(), count: Type.Integer() })),
});
