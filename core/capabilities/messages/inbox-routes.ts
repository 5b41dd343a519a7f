import { Type } from 'typebox';
import type { Database } from '../../db/index.ts';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, refuse } from '../../kernel/index.ts';
import { inboxOf, markRead } from './inbox-store.ts';

const route = defineRoute<Actor>();
const Message = Type.Object({
  id: Type.String(),
  plugin: Type.String(),
  title: Type.String(),
  text: Type.String(),
  at: Type.String(),
  read: Type.Boolean(),
});

/** What plugins wrote to the person who is signed in. */
export function inboxRoutes({ database, clock }: { database: Database; clock: Clock }): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/inbox',
      summary: 'My newest messages',
      access: 'session',
      responses: { 200: Type.Object({ items: Type.Array(Message), unread: Type.Integer() }) },
      handle: async ({ actor: { municipality, person } }) => {
        const whose = { municipality: municipality.id, person, today: clock.today() };
        const rows = await database.inTenant(municipality.id, (tx) => inboxOf(tx, whose), { readOnly: true });
        const items = rows.map(({ body: text, sentAt, ...row }) => ({ ...row, text, at: sentAt.toISOString() }));
        return { body: { items, unread: items.filter(({ read }) => !read).length } };
      },
    }),
    route({
      method: 'POST',
      path: '/api/inbox/:id/read',
      summary: 'Mark a message as read',
      access: 'session',
      params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      responses: {},
      errors: ['not-found'],
      handle: async ({ actor: { municipality, person }, params: { id } }) => {
        const mark = { municipality: municipality.id, person, id, at: clock.now() };
        if (!(await database.inTenant(municipality.id, (tx) => markRead(tx, mark))))
          refuse('not-found', 'There is no such message.');
        return {};
      },
    }),
  ];
}
