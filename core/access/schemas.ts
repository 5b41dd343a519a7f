import { Type } from 'typebox';

const texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });
const named = Type.Object({ id: Type.String(), name: Type.String() });

export const ClassList = Type.Array(
  Type.Object({
    id: Type.String(),
    title: Type.Optional(Type.String()),
    grade: Type.Optional(Type.String()),
    type: Type.Enum(['homeroom', 'scheduled']),
    school: Type.Optional(named),
  }),
);

export const StudentList = Type.Array(
  Type.Object({
    id: Type.String(),
    givenName: Type.Optional(Type.String()),
    familyName: Type.Optional(Type.String()),
    preferredName: Type.Optional(Type.String()),
    grade: Type.Optional(Type.String()),
  }),
);

export const ChildList = Type.Array(
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    school: Type.Union([named, Type.Null()]),
    class: Type.Union([Type.Object({ id: Type.String(), title: Type.String() }), Type.Null()]),
    rights: Type.Object({ see: Type.Boolean(), decide: Type.Boolean() }),
  }),
);

export const ChildPlugins = Type.Array(
  Type.Object({
    plugin: Type.String(),
    version: Type.String(),
    name: texts,
    description: Type.Union([texts, Type.Null()]),
    status: Type.Enum(['enabled', 'stopped']),
    purposes: Type.Array(
      Type.Object({
        purpose: Type.String(),
        text: texts,
        legalBasis: Type.String(),
        elements: Type.Array(Type.Object({ element: Type.String(), text: texts })),
      }),
    ),
  }),
);

export const ExplanationShown = Type.Object({
  visible: Type.Boolean(),
  refused: Type.Union([Type.Object({ because: Type.String(), say: texts }), Type.Null()]),
  fields: Type.Array(
    Type.Object({
      purpose: Type.String(),
      element: Type.String(),
      text: texts,
      allow: Type.Boolean(),
      because: Type.String(),
      say: Type.Union([texts, Type.Null()]),
    }),
  ),
});

export const ViewersShown = Type.Object({
  on: Type.String(),
  viewers: Type.Array(
    Type.Object({
      role: Type.String(),
      name: Type.Union([Type.String(), Type.Null()]),
      plugin: Type.Union([Type.String(), Type.Null()]),
      pluginName: Type.Union([texts, Type.Null()]),
      purpose: Type.Union([texts, Type.Null()]),
      fields: Type.Array(Type.Object({ element: Type.String(), text: texts, coarse: Type.Boolean() })),
    }),
  ),
  hidden: Type.Array(
    Type.Object({
      plugin: Type.String(),
      pluginName: Type.Union([texts, Type.Null()]),
      element: Type.String(),
      text: texts,
      because: Type.String(),
      say: texts,
    }),
  ),
});

export const ViewersAsked = Type.Object({
  on: Type.Optional(Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })),
  element: Type.Optional(Type.String({ maxLength: 60 })),
});

export const ExplainedPeople = Type.Array(Type.Object({ id: Type.String(), name: Type.String(), role: Type.String() }));
