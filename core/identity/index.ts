export type { Actor, ActorMunicipality, RoleName } from './actor.ts';
export { roleNames } from './actor.ts';
