export type { Actor, ActorMunicipality, RoleName } from './actor.ts';
export { roleNames } from './actor.ts';
export { createIdentity, type Identity } from './identity.ts';
export { sessionsEndedChannel, type IdentityOptions } from './identity-parts.ts';
export type { IdentitySettings, MandateSettings, ProviderKind, ProviderSettings } from './settings.ts';
export { readIdentityFile, type IdentityFile } from './identity-file.ts';
export type { MandateAnswer, MandatesOfChild } from './mandate-answer.ts';
export { hashNationalId, municipalityClaim } from './identifiers.ts';
export { mpassidNames, readMpassid, type MpassidClaims, type MpassidRole } from './mpassid.ts';
