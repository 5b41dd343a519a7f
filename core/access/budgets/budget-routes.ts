import { Type } from 'typebox';
import { appendEvent } from '../../audit/index.ts';
import type { Database } from '../../db/index.ts';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { alarmsOf, budgetsOf, setBudget } from './budget-store.ts';

const isAdministrator = ({ role }: Actor): boolean => role === 'siteAdministrator';
const watches = ({ role }: Actor): boolean => role === 'siteAdministrator' || role === 'dataProtectionOfficer';

const Budget = Type.Object(
  {
    plugin: Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}/[a-z][a-z0-9-]{1,38}$' }),
    rowsPerMinute: Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000_000 }), Type.Null()]),
    stopOnAlarm: Type.Boolean(),
  },
  { additionalProperties: false },
);
const Alarms = Type.Array(
  Type.Object({
    plugin: Type.String(),
    kind: Type.String(),
    at: Type.String(),
    rows: Type.Integer(),
    usual: Type.Integer(),
    stopped: Type.Boolean(),
  }),
);

/** What plugins may read in a minute, and when one read far more than it usually does. */
export function budgetRoutes({ database, clock }: { database: Database; clock: Clock }): Route<Actor>[] {
  return [
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/municipality/read-budgets',
      summary:
        'Limits of single plugins, and the latest alarms: a plugin read ten times what is usual, or up to its limit.',
      access: watches,
      responses: { 200: Type.Object({ budgets: Type.Array(Budget), alarms: Alarms }) },
      handle: async ({ actor: { municipality } }) => ({
        body: await database.inTenant(
          municipality.id,
          async (tx) => ({
            budgets: await budgetsOf(tx, municipality.id),
            alarms: (await alarmsOf(tx, municipality.id)).map((row) => ({ ...row, at: row.at.toISOString() })),
          }),
          { readOnly: true },
        ),
      }),
    }),
    defineRoute<Actor>()({
      method: 'PUT',
      path: '/api/municipality/read-budgets',
      summary: 'Set how many rows of persons a plugin may be given in a minute, and whether an alarm stops it. Logged.',
      access: isAdministrator,
      body: Budget,
      responses: { 204: Type.Null() },
      handle: async ({ actor, body }) => {
        const municipality = actor.municipality.id;
        const reason = `rows: ${body.rowsPerMinute ?? 'usual'}, stop: ${body.stopOnAlarm}`;
        const by = { actor: actor.person, actorRole: actor.role };
        await database.inTenant(municipality, async (tx) => {
          await setBudget(tx, municipality, body);
          await appendEvent(tx, { municipality, action: 'budget.set', plugin: body.plugin, reason, ...by }, clock);
        });
        return { status: 204 };
      },
    }),
  ];
}
