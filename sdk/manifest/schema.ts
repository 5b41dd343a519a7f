import { type Static, Type } from 'typebox';
import { CollectionSchema } from './collections-schema.ts';
import { scopeNames } from './scope-names.ts';
import { readableText, textsUpTo } from './texts.ts';
import { legalBases, pluginIdPattern, roles, schoolForms, slugPattern, versionPattern } from './words.ts';

const strict = { additionalProperties: false } as const;
const shortTexts = textsUpTo(80);
const longTexts = textsUpTo(2000);
const slug = Type.String({ pattern: slugPattern });
const country = Type.String({ pattern: '^[A-Z]{2}$' });
const someRoles = Type.Array(Type.Enum([...roles]), { minItems: 1, maxItems: roles.length, uniqueItems: true });
/** Checked a second time as a URL: a pattern alone can't tell. */
const webAddress = Type.String({ pattern: '^https://[^\\s<>"\\\\]+$', maxLength: 300 });
const hostName = Type.String({
  pattern: '^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$',
  maxLength: 253,
});

/** The youngest and the oldest age. TypeBox's own tuple is not JSON Schema 2020-12. */
const agesFromTo = Type.Unsafe<[number, number]>(
  Type.Array(Type.Integer({ minimum: 0, maximum: 99 }), { minItems: 2, maxItems: 2 }),
);

const Vendor = Type.Object(
  { name: readableText(120), businessId: Type.String({ pattern: '^[A-Z0-9-]{3,20}$' }), country },
  strict,
);

const Audience = Type.Object(
  {
    roles: someRoles,
    schoolForms: Type.Array(Type.Enum([...schoolForms]), {
      minItems: 1,
      maxItems: schoolForms.length,
      uniqueItems: true,
    }),
    ages: agesFromTo,
  },
  strict,
);

/** A small surface in the portal's own pages, answered by the backend as views. */
const Tile = Type.Object({ id: slug, roles: someRoles, title: shortTexts }, strict);
/** A page of the plugin in its own iframe. */
const Page = Type.Object(
  {
    id: slug,
    entry: Type.String({ pattern: '^ui/[a-z0-9][a-z0-9/_-]{0,80}\\.html$' }),
    roles: someRoles,
    title: shortTexts,
  },
  strict,
);
const Surfaces = Type.Object(
  { tiles: Type.Array(Tile, { maxItems: 10 }), pages: Type.Array(Page, { maxItems: 20 }) },
  strict,
);

const Purpose = Type.Object({ id: slug, text: longTexts, withoutConsent: Type.Optional(longTexts) }, strict);

const Scope = Type.Object(
  {
    capability: Type.Enum([...scopeNames]),
    purpose: slug,
    elements: Type.Array(Type.String({ pattern: '^[a-z]{1,20}\\.[a-z][a-zA-Z0-9]{0,38}$' }), {
      maxItems: 40,
      uniqueItems: true,
    }),
    necessity: longTexts,
    legalBasis: Type.Enum([...legalBases]),
    retentionDays: Type.Integer({ minimum: 0, maximum: 36_500 }),
    background: Type.Optional(Type.Boolean()),
  },
  strict,
);

/** How the processor hears that a consent has ended, and the key that its acknowledgements are signed with. */
const Withdrawals = Type.Object(
  {
    path: Type.String({ pattern: '^/[A-Za-z0-9/_.-]{0,200}$' }),
    /** Ed25519, the 32 bytes in base64url. */
    publicKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  },
  strict,
);
const Egress = Type.Object(
  {
    host: hostName,
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    processor: readableText(120),
    country,
    purpose: slug,
    elements: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 40, uniqueItems: true }),
    withdrawals: Type.Optional(Withdrawals),
  },
  strict,
);
const SubProcessor = Type.Object({ name: readableText(120), country, task: longTexts }, strict);

const eventName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,38}(\\.[a-z][a-zA-Z0-9-]{0,38}){1,2}$' });
const Events = Type.Object(
  {
    subscribes: Type.Array(eventName, { maxItems: 40, uniqueItems: true }),
    publishes: Type.Array(eventName, { maxItems: 40, uniqueItems: true }),
    /** JSON Schema of the body of each event that the plugin publishes. */
    schemas: Type.Optional(
      Type.Record(eventName, Type.Record(Type.String({ maxLength: 40 }), Type.Unknown()), { maxProperties: 40 }),
    ),
  },
  strict,
);
const Schedule = Type.Object(
  { id: slug, cron: Type.String({ pattern: '^[0-9*/,-]+( [0-9*/,-]+){4}$', maxLength: 60 }) },
  strict,
);

const Ai = Type.Object({ used: Type.Boolean(), explanation: Type.Optional(longTexts) }, strict);
const Accessibility = Type.Object({ statement: longTexts, level: Type.Enum(['A', 'AA', 'AAA', 'none']) }, strict);
const Price = Type.Object(
  {
    perLearnerYear: Type.Number({ minimum: 0, maximum: 10_000 }),
    currency: Type.Literal('EUR'),
    vatPercent: Type.Number({ minimum: 0, maximum: 100 }),
    trialDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 365 })),
  },
  strict,
);
const Support = Type.Object(
  { email: Type.String({ pattern: '^[^\\s@<>"]{1,64}@[^\\s@<>"]{1,180}$' }), url: webAddress },
  strict,
);

/**
 * JSON Schema (2020-12) of `digione.json`. It decides shapes and sizes; what a schema can't say (a scope's purpose exists, a
 * collection's schema is harmless …) is in `validateManifest`.
 */
export const ManifestSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ maxLength: 300 })),
    id: Type.String({ pattern: pluginIdPattern }),
    version: Type.String({ pattern: versionPattern, maxLength: 64 }),
    name: shortTexts,
    description: textsUpTo(500),
    engines: Type.Object({ digione: Type.String({ pattern: '^[0-9xX*^~<>=|. -]+$', maxLength: 60 }) }, strict),
    vendor: Vendor,
    audience: Audience,
    surfaces: Surfaces,
    purposes: Type.Array(Purpose, { maxItems: 20 }),
    scopes: Type.Array(Scope, { maxItems: 40 }),
    collections: Type.Array(CollectionSchema, { maxItems: 20 }),
    egress: Type.Array(Egress, { maxItems: 20 }),
    subProcessors: Type.Array(SubProcessor, { maxItems: 40 }),
    events: Type.Optional(Events),
    schedules: Type.Optional(Type.Array(Schedule, { maxItems: 10 })),
    ai: Ai,
    accessibility: Accessibility,
    price: Price,
    licence: Type.String({ pattern: '^[A-Za-z0-9.+()-]+( (AND|OR|WITH) [A-Za-z0-9.+()-]+)*$', maxLength: 120 }),
    support: Support,
  },
  { ...strict, $id: 'https://digione.fi/schemas/digione.json/1', title: 'digione.json' },
);

/** What `digione.json` says about a plugin. */
export type Manifest = Static<typeof ManifestSchema>;
