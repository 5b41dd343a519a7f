export { createRights, type Rights, type RightsOptions } from './rights.ts';
export { rightsRoutes } from './routes.ts';
export { requireAssessment } from './assessment/gate.ts';
