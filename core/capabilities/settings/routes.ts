import { Type } from 'typebox';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { listLetters, retryLetter } from '../events/dead-letters.ts';
import { changeSecret, listSecrets, type SecretDeps } from './secrets.ts';
import { changeSettings, readSettings } from './settings.ts';

const route = defineRoute<Actor>();
const isAdministrator = ({ role, municipality }: Actor): boolean =>
  role === 'siteAdministrator' && municipality.kind === 'municipality';

const segment = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}$' });
const PluginParams = Type.Object({ vendor: segment, name: segment });
const SecretParams = Type.Object({
  ...PluginParams.properties,
  secret: Type.String({ pattern: '^[a-z][a-zA-Z0-9-]{0,38}$' }),
});
const Settings = Type.Record(Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9-]{0,60}$' }), Type.Unknown(), {
  maxProperties: 100,
  additionalProperties: false,
});
const SettingsOut = Type.Object({
  settings: Type.Object({}, { additionalProperties: true }),
  secrets: Type.Array(Type.Object({ name: Type.String(), changedAt: Type.String() })),
});

const Letter = Type.Object({
  event: Type.String(),
  name: Type.String(),
  school: Type.String(),
  attempts: Type.Integer(),
  code: Type.Union([Type.String(), Type.Null()]),
  publishedAt: Type.String(),
});

/** What a municipality sets for a plugin. Values of secrets go in, and never come out again but to the plugin. */
export function settingsRoutes(deps: SecretDeps): Route<Actor>[] {
  const root = '/api/municipality/plugins/:vendor/:name';
  return [
    route({
      method: 'GET',
      path: `${root}/settings`,
      summary: "A plugin's settings and the names of its secrets",
      access: isAdministrator,
      params: PluginParams,
      responses: { 200: SettingsOut },
      handle: async ({ actor: { municipality }, params }) => {
        const place = { municipality: municipality.id, plugin: pluginOf(params) };
        const secrets = (await listSecrets(deps, place)).map(({ name, changedAt }) => ({
          name,
          changedAt: changedAt.toISOString(),
        }));
        return { body: { settings: await readSettings(deps, place.municipality, place.plugin), secrets } };
      },
    }),
    route({
      method: 'PUT',
      path: `${root}/settings`,
      summary: "Set a plugin's settings, all at once",
      access: isAdministrator,
      params: PluginParams,
      body: Type.Object({ settings: Settings }, { additionalProperties: false }),
      responses: {},
      errors: ['too-large'],
      handle: async ({ actor, params, body }) => {
        await changeSettings(deps, actor, { plugin: pluginOf(params), settings: body.settings });
        return {};
      },
    }),
    route({
      method: 'PUT',
      path: `${root}/secrets/:secret`,
      summary: 'Set a secret; it is never shown again',
      access: isAdministrator,
      params: SecretParams,
      body: Type.Object({ value: Type.String({ minLength: 1, maxLength: 8000 }) }, { additionalProperties: false }),
      responses: {},
      errors: ['quota-exceeded'],
      handle: async ({ actor, params, body }) => {
        await changeSecret(deps, actor, { plugin: pluginOf(params), name: params.secret, value: body.value });
        return {};
      },
    }),
    route({
      method: 'GET',
      path: `${root}/dead-letters`,
      summary: 'Events that could not be delivered to the plugin',
      access: isAdministrator,
      params: PluginParams,
      responses: { 200: Type.Object({ letters: Type.Array(Letter) }) },
      handle: async ({ actor, params }) => ({ body: { letters: await listLetters(deps, actor, pluginOf(params)) } }),
    }),
    route({
      method: 'POST',
      path: `${root}/dead-letters/:event/retry`,
      summary: 'Deliver such an event once more',
      access: isAdministrator,
      params: Type.Object({ ...PluginParams.properties, event: Type.String({ format: 'uuid' }) }),
      responses: {},
      errors: ['not-found'],
      handle: async ({ actor, params }) => {
        await retryLetter(deps, actor, { plugin: pluginOf(params), event: params.event });
        return {};
      },
    }),
    route({
      method: 'DELETE',
      path: `${root}/secrets/:secret`,
      summary: 'Remove a secret',
      access: isAdministrator,
      params: SecretParams,
      responses: {},
      handle: async ({ actor, params }) => {
        await changeSecret(deps, actor, { plugin: pluginOf(params), name: params.secret, value: null });
        return {};
      },
    }),
  ];
}

function pluginOf({ vendor, name }: { vendor: string; name: string }): string {
  return `${vendor}/${name}`;
}
