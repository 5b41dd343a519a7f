import { Type } from 'typebox';

const strict = { additionalProperties: false } as const;
const namespace = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}$' });
const name = Type.String({ minLength: 1, maxLength: 120 });
const businessId = Type.String({ pattern: '^[A-Z0-9-]{3,20}$' });
const country = Type.String({ pattern: '^[A-Z]{2}$' });
const role = Type.Union([Type.Literal('owner'), Type.Literal('developer'), Type.Literal('approver')]);
const username = Type.String({ minLength: 1, maxLength: 255 });
const uuid = Type.String({ format: 'uuid' });
const day = 24 * 60 * 60;

export const VendorParams = Type.Object({ vendor: namespace });

export const NewVendor = Type.Object(
  {
    namespace,
    name,
    businessId,
    country,
    members: Type.Array(
      Type.Object(
        {
          name,
          role,
          account: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
          username: Type.Optional(username),
        },
        strict,
      ),
      { minItems: 1, maxItems: 50 },
    ),
  },
  strict,
);

export const VendorAnswer = Type.Object({
  id: uuid,
  namespace,
  name,
  businessId,
  country,
  state: Type.String(),
  members: Type.Array(
    Type.Object({ id: uuid, name, role, account: Type.Optional(Type.String()), username: Type.Optional(username) }),
  ),
});

export const NewKey = Type.Object({ publicKey: Type.String({ minLength: 40, maxLength: 1000 }) }, strict);

export const KeyAnswer = Type.Object({
  keyId: Type.String(),
  publicKey: Type.String(),
  revokedAt: Type.Optional(Type.String({ format: 'date-time' })),
});

export const VendorPage = Type.Object({
  namespace,
  name,
  businessId,
  country,
  state: Type.String(),
  keys: Type.Array(KeyAnswer),
});

export const NewToken = Type.Object(
  {
    vendor: namespace,
    member: Type.Optional(uuid),
    scopes: Type.Array(Type.Literal('publish'), { minItems: 1, maxItems: 4, uniqueItems: true }),
    plugin: Type.Optional(Type.String({ maxLength: 80 })),
    lifetimeSeconds: Type.Integer({ minimum: 60, maximum: day }),
  },
  strict,
);

export const TokenAnswer = Type.Object({
  id: uuid,
  token: Type.String(),
  expiresAt: Type.String({ format: 'date-time' }),
});
