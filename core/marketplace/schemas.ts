import { Type } from 'typebox';

export const Texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });
export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
export const PluginId = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}/[a-z][a-z0-9-]{1,38}$' });
export const Version = Type.String({ pattern: '^[0-9A-Za-z.-]{1,64}$' });

const segment = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}$' });
export const PluginParams = Type.Object({ vendor: segment, name: segment });
export const ReleaseParams = Type.Object({ vendor: segment, name: segment, version: Version });
export const IdParams = Type.Object({ id: Uuid });

export const CatalogueQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 100 })),
  language: Type.Optional(Type.Union([Type.Literal('fi'), Type.Literal('sv'), Type.Literal('en')])),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 100 })),
});

/** `fresh: false` marks an answer from before the registry fell silent; `asOf` tells of when it is. */
const freshnessFields = { fresh: Type.Boolean(), asOf: Type.Optional(Type.String()) };

export const CataloguePage = Type.Object({
  items: Type.Array(
    Type.Object({
      plugin: PluginId,
      version: Version,
      name: Texts,
      description: Texts,
      vendor: Type.String(),
      roles: Type.Array(Type.String()),
      usesAi: Type.Boolean(),
      accessibility: Type.String(),
      perLearnerYear: Type.Number(),
    }),
  ),
  next: Type.Optional(Type.String()),
  ...freshnessFields,
});

/** The manifest is checked when its bundle is opened; here it only passes through. */
const ManifestOut = Type.Object({}, { additionalProperties: true });

export const CatalogueEntryOut = Type.Object({
  manifest: ManifestOut,
  versions: Type.Array(
    Type.Object({
      version: Version,
      state: Type.String(),
      consentMajor: Type.Integer(),
      digest: Type.String(),
      revoked: Type.Boolean(),
    }),
  ),
  ...freshnessFields,
});

export const DecisionBody = Type.Object(
  {
    decision: Type.Union([Type.Literal('approve'), Type.Literal('request-changes'), Type.Literal('reject')]),
    reason: Type.String({ minLength: 1, maxLength: 4000 }),
  },
  { additionalProperties: false },
);

const legalBasis = Type.Union([Type.Literal('statutory'), Type.Literal('public-task'), Type.Literal('consent')]);

/** What those who are shown an element owe. */
const duties = {
  coarse: Type.Optional(Type.Boolean()),
  noExport: Type.Optional(Type.Boolean()),
  lease: Type.Optional(Type.Literal('during-request')),
};

export const AgreementBody = Type.Object(
  {
    plugin: PluginId,
    version: Version,
    elements: Type.Array(
      Type.Object(
        {
          purpose: Type.String({ maxLength: 40 }),
          element: Type.String({ maxLength: 60 }),
          legalBasis,
          necessity: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
          retentionDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 36_500 })),
          background: Type.Optional(Type.Boolean()),
          ...duties,
        },
        { additionalProperties: false },
      ),
      { maxItems: 400 },
    ),
  },
  { additionalProperties: false },
);

export const AgreementOut = Type.Object({
  id: Uuid,
  plugin: PluginId,
  version: Version,
  consentMajor: Type.Integer(),
  termsHash: Type.String(),
  acceptedAt: Type.String(),
  expiresOn: Type.String(),
  elements: Type.Array(
    Type.Object({
      purpose: Type.String(),
      element: Type.String(),
      legalBasis,
      necessity: Type.String(),
      retentionDays: Type.Integer(),
      background: Type.Boolean(),
      ...duties,
    }),
  ),
});

export const EnablementBody = Type.Object({ plugin: PluginId, school: Uuid }, { additionalProperties: false });
export const StopBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
);
export const EnabledOut = Type.Object({ id: Uuid, version: Version });
export const VersionOut = Type.Object({ version: Version });

const EnablementOut = Type.Object({
  id: Uuid,
  school: Type.Object({ id: Uuid, name: Type.String() }),
  version: Version,
  status: Type.String(),
  reason: Type.Optional(Type.String()),
  changedAt: Type.String(),
});

export const MunicipalityPluginsOut = Type.Array(
  Type.Object({
    plugin: PluginId,
    version: Version,
    name: Texts,
    agreement: AgreementOut,
    enablements: Type.Array(EnablementOut),
    newVersion: Type.Optional(Type.Object({ version: Version, needsAgreement: Type.Boolean() })),
  }),
);

export const SchoolsOut = Type.Array(Type.Object({ id: Uuid, name: Type.String() }));

const Surface = Type.Object({ id: Type.String(), title: Texts });
export const SchoolPluginsOut = Type.Array(
  Type.Object({
    plugin: PluginId,
    version: Version,
    name: Texts,
    description: Texts,
    tiles: Type.Array(Surface),
    pages: Type.Array(Surface),
    status: Type.Union([Type.Literal('enabled'), Type.Literal('stopped')]),
  }),
);

/** What the registry says to its reviewers: shown, never acted on. */
export const RegistryOut = Type.Unknown();
