import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Marketplace } from './marketplace.ts';
import { CatalogueEntryOut, CataloguePage, CatalogueQuery, PluginParams } from './schemas.ts';

const route = defineRoute<Actor>();

export function catalogueRoutes({ catalogue, freshness }: Marketplace): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/catalogue',
      summary: 'Plugins that can be taken into use, from verified bundles; answers also while the registry is away',
      access: 'public',
      query: CatalogueQuery,
      responses: { 200: CataloguePage },
      handle: async ({ query, language }) => {
        const page = await catalogue.list({ ...query, language });
        return { body: { ...page, ...(await freshness()) } };
      },
    }),
    route({
      method: 'GET',
      path: '/api/catalogue/:vendor/:name',
      summary: 'The full terms of a plugin and its versions',
      access: 'public',
      params: PluginParams,
      responses: { 200: CatalogueEntryOut },
      errors: ['plugin-unknown'],
      handle: async ({ params }) => {
        const entry = await catalogue.entry(`${params.vendor}/${params.name}`);
        return { body: { ...entry, ...(await freshness()) } };
      },
    }),
  ];
}
