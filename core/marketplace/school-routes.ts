import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Marketplace } from './marketplace.ts';
import { SchoolPluginsOut } from './schemas.ts';
import { schoolPlugins } from './school-plugin-store.ts';

export function schoolRoutes({ database }: Marketplace): Route<Actor>[] {
  return [
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/school/plugins',
      summary: 'The plugins of the active school that the active role may open',
      access: 'session',
      responses: { 200: SchoolPluginsOut },
      handle: async ({ actor: { municipality, school, role } }) => {
        if (!school) return { body: [] };
        return { body: await schoolPlugins(database, { municipality: municipality.id, school: school.id, role }) };
      },
    }),
  ];
}
