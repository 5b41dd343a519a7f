import type { Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import { assessmentRoutes } from './assessment/assessment-routes.ts';
import { familyRightsRoutes } from './family-routes.ts';
import { incidentRoutes } from './incidents/incident-routes.ts';
import { officerRequestRoutes } from './officer-routes.ts';
import { recordRoutes } from './record/record-routes.ts';
import { reminderRoutes } from './reminders/reminder-routes.ts';
import type { Rights } from './rights.ts';

export function rightsRoutes({ deps }: Pick<Rights, 'deps'>): Route<Actor>[] {
  return [
    ...familyRightsRoutes(deps),
    ...officerRequestRoutes(deps),
    ...assessmentRoutes(deps),
    ...incidentRoutes(deps),
    ...recordRoutes(deps),
    ...reminderRoutes(deps),
  ];
}
