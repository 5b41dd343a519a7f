export { type Audit, type AuditOptions, createAudit } from './audit.ts';
export { appendEvent, type AuditEvent, type AuditSubject, eventColumns } from './audit-event.ts';
export { familyVisit } from './family-visit.ts';
export { auditRoutes } from './routes.ts';
export { bitsOf, elementBits, elementsIn } from './element-bits.ts';
export { type PortalPurpose, portalPurposes } from './words.ts';
export type { Sequencer } from './sequencer.ts';
export { type Evidence, evidenceOf } from './evidence.ts';
export { exportLog } from './log-export.ts';
