import { Type } from 'typebox';
import { appendEvent } from '../../audit/index.ts';
import type { Database } from '../../db/index.ts';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, refuse } from '../../kernel/index.ts';
import type { Vault } from '../settings/vault.ts';
import { undeliveredMail } from './mail-store.ts';
import { putQuietHours, putSettingsOf, quietHoursOf, settingsOf } from './notification-store.ts';
import { readUnsubscribeToken } from './unsubscribe-token.ts';

const route = defineRoute<Actor>();
const strict = { additionalProperties: false };
const time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
const Quiet = Type.Union([Type.Object({ from: time, to: time }, strict), Type.Null()]);
const plugin = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}/[a-z][a-z0-9-]{1,38}$' });
const Own = Type.Object({ email: Type.Boolean(), quiet: Quiet, muted: Type.Array(plugin, { maxItems: 200 }) }, strict);
const Undelivered = Type.Object({
  plugin: Type.String(),
  code: Type.Union([Type.String(), Type.Null()]),
  count: Type.Integer(),
  latest: Type.String(),
});
const isAdministrator = ({ role, municipality }: Actor): boolean =>
  role === 'siteAdministrator' && municipality.kind === 'municipality';
const monthMs = 30 * 86_400_000;

interface NotificationDeps {
  database: Database;
  clock: Clock;
  vault: Vault;
}

/** What a person wants of notifications, and when a municipality is quiet. */
export function notificationRoutes({ database, clock, vault }: NotificationDeps): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/notifications',
      summary: 'What I want of notifications',
      access: 'session',
      responses: { 200: Type.Object({ ...Own.properties, everybody: Quiet }) },
      handle: async ({ actor: { municipality, person } }) => ({
        body: await database.inTenant(municipality.id, async (tx) => ({
          ...(await settingsOf(tx, municipality.id, person)),
          everybody: await quietHoursOf(tx, municipality.id),
        })),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/notifications',
      summary: 'Change what I want of notifications, all at once',
      access: 'session',
      body: Own,
      responses: {},
      errors: ['invalid'],
      handle: async ({ actor: { municipality, person }, body }) => {
        checkQuiet(body.quiet);
        const whose = { municipality: municipality.id, person, at: clock.now() };
        await database.inTenant(municipality.id, (tx) => putSettingsOf(tx, whose, body));
        return {};
      },
    }),
    route({
      method: 'POST',
      path: '/api/notifications/unsubscribe',
      summary: 'Stop e-mail from a letter, without signing in (RFC 8058)',
      access: 'public',
      bodyKind: 'raw',
      query: Type.Object({ token: Type.String({ maxLength: 400 }) }),
      responses: {},
      errors: ['not-found'],
      handle: async ({ query: { token } }) => {
        const whose = readUnsubscribeToken(vault, token) ?? refuse('not-found', 'This link is none of ours.');
        const { municipality, person } = whose;
        await database.inTenant(municipality, async (tx) => {
          const before = await settingsOf(tx, municipality, person);
          await putSettingsOf(tx, { ...whose, at: clock.now() }, { ...before, email: false });
        });
        return {};
      },
    }),
    route({
      method: 'GET',
      path: '/api/municipality/notifications',
      summary: 'Quiet hours of the municipality, and e-mail that could not be sent',
      access: isAdministrator,
      responses: { 200: Type.Object({ quiet: Quiet, undelivered: Type.Array(Undelivered) }) },
      handle: async ({ actor: { municipality } }) => ({
        body: await database.inTenant(municipality.id, async (tx) => {
          const rows = await undeliveredMail(tx, municipality.id, new Date(clock.now().getTime() - monthMs));
          const undelivered = rows.map(({ latest, ...row }) => ({ ...row, latest: latest.toISOString() }));
          return { quiet: await quietHoursOf(tx, municipality.id), undelivered };
        }),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/municipality/notifications',
      summary: 'Set the quiet hours of the municipality',
      access: isAdministrator,
      body: Type.Object({ quiet: Quiet }, strict),
      responses: {},
      errors: ['invalid'],
      handle: async ({ actor, body: { quiet } }) => {
        checkQuiet(quiet);
        const municipality = actor.municipality.id;
        const event = { municipality, action: 'quiet-hours.change', actor: actor.person, actorRole: actor.role };
        await database.inTenant(municipality, async (tx) => {
          await putQuietHours(tx, municipality, quiet);
          await appendEvent(tx, event, clock);
        });
        return {};
      },
    }),
  ];
}

function checkQuiet(quiet: { from: string; to: string } | null): void {
  if (quiet?.from === quiet?.to && quiet !== null) refuse('invalid', 'Quiet hours begin and end at different times.');
}
