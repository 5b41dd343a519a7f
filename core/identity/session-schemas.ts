import { Type, type Static } from 'typebox';
import { roleNames, type RoleName } from './actor.ts';

const Texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });

export const LanguageName = Type.Union([Type.Literal('fi'), Type.Literal('sv'), Type.Literal('en')]);

const RoleView = Type.Object({
  roleId: Type.String(),
  role: Type.Unsafe<RoleName>(Type.String({ enum: [...roleNames] })),
  municipality: Type.Object({
    id: Type.String(),
    code: Type.String(),
    name: Texts,
    kind: Type.Union([Type.Literal('municipality'), Type.Literal('coordinator')]),
  }),
  school: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
  personName: Type.String(),
  visit: Type.Optional(Type.Object({ id: Type.String(), endsAt: Type.String() })),
  children: Type.Optional(Type.Array(Type.Object({ id: Type.String(), name: Type.String() }))),
});

const ProviderView = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['mpassid', 'suomifi', 'staff', 'vendor']),
  label: Texts,
});

export const SignInOptions = Type.Object({
  municipalities: Type.Array(Type.Object({ code: Type.String(), name: Texts, providers: Type.Array(ProviderView) })),
});

export const SessionView = Type.Union([
  Type.Object({
    signedIn: Type.Literal(false),
    csrf: Type.Null(),
    language: LanguageName,
    today: Type.String(),
  }),
  Type.Object({
    signedIn: Type.Literal(true),
    csrf: Type.String(),
    name: Type.String(),
    language: LanguageName,
    today: Type.String(),
    authTime: Type.String(),
    active: RoleView,
    roles: Type.Array(RoleView),
  }),
]);

export type SessionView = Static<typeof SessionView>;
export type RoleView = Static<typeof RoleView>;
export type SignInOptions = Static<typeof SignInOptions>;
