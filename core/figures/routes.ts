import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { VendorDesk } from '../marketplace/index.ts';
import { figureDays, type Figures } from './figures.ts';

const route = defineRoute<Actor>();
const segment = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}$' });
const PluginParams = Type.Object({ vendor: segment, name: segment });
const count = Type.Integer({ minimum: 0 });
const milliseconds = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]);

const Summary = {
  calls: count,
  p50: milliseconds,
  p95: milliseconds,
  cpuMs: count,
  hostCalls: count,
  denied: count,
  errors: Type.Array(Type.Object({ code: Type.String(), times: count })),
  disabled: count,
};
const MunicipalityFigures = Type.Object({
  days: count,
  resting: Type.Array(Type.Object({ version: Type.String(), restsSeconds: count })),
  schools: Type.Array(
    Type.Object({ school: Type.String(), few: Type.Boolean(), documents: count, bytes: count, ...Summary }),
  ),
});
const VersionFigures = Type.Object({
  days: count,
  versions: Type.Array(Type.Object({ version: Type.String(), ...Summary })),
});

const isAdministrator = ({ role, municipality }: Actor): boolean =>
  role === 'siteAdministrator' && municipality.kind === 'municipality';
const isReviewer = ({ role }: Actor): boolean => role === 'reviewer';
const isVendor = ({ role, municipality }: Actor): boolean => role === 'vendor' && municipality.kind === 'coordinator';

/** @param desk Knows for which vendor a person works. */
export function figureRoutes(figures: Figures, desk: Pick<VendorDesk, 'checkWorksFor'>): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/municipality/figures/:vendor/:name',
      summary: 'How a plugin has run in the schools of the municipality, and whether it is switched off after crashes',
      access: isAdministrator,
      params: PluginParams,
      responses: { 200: MunicipalityFigures },
      handle: async ({ actor, params: { vendor, name } }) => ({
        body: { days: figureDays, ...(await figures.ofMunicipality(actor.municipality.id, `${vendor}/${name}`)) },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/review/figures/:vendor/:name',
      summary: 'How the versions of a plugin have run, over all municipalities together',
      access: isReviewer,
      params: PluginParams,
      responses: { 200: VersionFigures },
      handle: async ({ params: { vendor, name } }) => ({
        body: { days: figureDays, versions: await figures.ofPlugin(`${vendor}/${name}`) },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/vendor/:vendor/plugins/:name/figures',
      summary: 'How the versions of your plugin have run, over all municipalities together',
      access: isVendor,
      params: PluginParams,
      responses: { 200: VersionFigures },
      errors: ['not-allowed', 'not-found', 'registry-unavailable'],
      handle: async ({ actor, params: { vendor, name } }) => {
        await desk.checkWorksFor(actor, `${vendor}/${name}`);
        return { body: { days: figureDays, versions: await figures.ofPlugin(`${vendor}/${name}`) } };
      },
    }),
  ];
}
