import { Type } from 'typebox';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { RightsDeps } from '../exercising.ts';
import { byId, Done, done, isOfficer } from '../schemas.ts';
import { markSeen, openReminders, remind } from './reminder-store.ts';

const route = defineRoute<Actor>();

/** Notes what is about to be late. Answers 0: nothing more is waiting behind it. */
export async function reminderRound(
  { database, clock }: Pick<RightsDeps, 'database' | 'clock'>,
  municipality: Id,
): Promise<number> {
  await database.inTenant(municipality, (tx) => remind(tx, municipality, { today: clock.today(), now: clock.now() }));
  return 0;
}

export function reminderRoutes({ database, clock }: RightsDeps): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/officer/reminders',
      summary: 'What is about to be late, or is',
      access: isOfficer,
      responses: {
        200: Type.Array(
          Type.Object({ id: Type.String(), kind: Type.String(), about: Type.String(), dueAt: Type.String() }),
        ),
      },
      handle: async ({ actor: { municipality } }) => {
        const open = await database.inTenant(municipality.id, (tx) => openReminders(tx, municipality.id));
        return { body: open.map((one) => ({ ...one, dueAt: one.dueAt.toISOString() })) };
      },
    }),
    route({
      method: 'POST',
      path: '/api/officer/reminders/:id/seen',
      summary: 'Put a reminder aside',
      access: isOfficer,
      params: byId,
      responses: { 200: Done },
      errors: ['not-found'],
      handle: async ({ actor: { municipality }, params }) => {
        const seen = { id: params.id, now: clock.now() };
        if (!(await database.inTenant(municipality.id, (tx) => markSeen(tx, municipality.id, seen))))
          refuse('not-found', 'There is no such reminder that is unseen.');
        return done;
      },
    }),
  ];
}
