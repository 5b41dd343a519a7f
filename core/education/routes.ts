import type { Route } from '../http/index.ts';
import type { Follower } from './merge/merge-order.ts';
import { accessDecisionRoutes } from './rosters/access-routes.ts';
import { exportRoute } from './rosters/export-route.ts';
import type { RosterActor } from './rosters/roster-actor.ts';
import type { FetchDeps } from './rosters/roster-fetches.ts';
import { rosterRoutes } from './rosters/roster-routes.ts';
import { scheduleRoutes } from './rosters/schedule-routes.ts';

export function educationRoutes(deps: FetchDeps & { followers: readonly Follower[] }): Route<RosterActor>[] {
  return [...rosterRoutes(deps), exportRoute(deps), ...accessDecisionRoutes(deps), ...scheduleRoutes(deps)];
}
