export { type Access, type AccessOptions, createAccess, type SubjectQuestion } from './access.ts';
export type { AccessQuestion } from './access-question.ts';
export type { Grant, PluginGrant, PortalGrant } from './grant.ts';
export { createFamilyPages, type FamilyPages } from './family-store.ts';
export { accessRoutes } from './routes.ts';
export type { StudentRow } from './students-store.ts';
export type { ClassRow } from './classes-store.ts';
export { type Decision, decide, decideSubject, type FieldDecision, type SubjectDecision } from './decide.ts';
export type { Question, World } from './world.ts';
