import type { Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import { familyRightsRoutes } from './family-routes.ts';
import { officerRequestRoutes } from './officer-routes.ts';
import type { Rights } from './rights.ts';

export function rightsRoutes({ deps }: Pick<Rights, 'deps'>): Route<Actor>[] {
  return [...familyRightsRoutes(deps), ...officerRequestRoutes(deps)];
}
