import { Type } from 'typebox';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { maxTokenBytes } from '../../tokens/index.ts';
import { acknowledge, type AcknowledgeDeps, acknowledgeByHand } from './acknowledgement.ts';
import { noticeLines } from './notice-store.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const isOfficer = ({ role }: Actor): boolean => role === 'dataProtectionOfficer';
const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });

const Line = Type.Object({
  id: uuid,
  plugin: Type.String(),
  host: Type.String(),
  purpose: Type.String(),
  reason: Type.String(),
  elements: Type.Array(Type.String()),
  subject: Type.String(),
  askedAt: Type.String(),
  dueAt: Type.String(),
  deliveredAt: orNull(Type.String()),
  acknowledgedAt: orNull(Type.String()),
  acknowledgedBy: orNull(Type.String()),
  note: orNull(Type.String()),
  late: Type.Boolean(),
});

/** Processors bring their acknowledgements; the data protection officer sees who owes one. */
export function processorRoutes(deps: AcknowledgeDeps): Route<Actor>[] {
  const { database, clock } = deps;
  return [
    defineRoute<Actor>()({
      method: 'POST',
      path: '/api/processors/acknowledgements',
      summary:
        'The signed acknowledgement of a processor that it has stopped using what a consent covered (JWS, Ed25519).',
      access: 'public',
      body: Type.Object(
        { acknowledgement: Type.String({ minLength: 1, maxLength: maxTokenBytes }) },
        { additionalProperties: false },
      ),
      responses: { 204: Type.Null() },
      errors: ['not-found', 'not-allowed', 'token-refused'],
      handle: async ({ body }) => {
        await acknowledge(deps, body.acknowledgement);
        return { status: 204 };
      },
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/officer/processors',
      summary: 'Notices to outside processors: who owes an acknowledgement, and which hosts are suspended.',
      access: isOfficer,
      responses: { 200: Type.Object({ suspended: Type.Array(Type.String()), notices: Type.Array(Line) }) },
      handle: async ({ actor: { municipality } }) => {
        const now = clock.now();
        const lines = await database.inTenant(municipality.id, (tx) => noticeLines(tx, municipality.id), {
          readOnly: true,
        });
        const overdue = lines.filter(({ acknowledgedAt, dueAt }) => acknowledgedAt === null && dueAt <= now);
        const notices = lines.map((line) => ({
          ...line,
          askedAt: line.askedAt.toISOString(),
          dueAt: line.dueAt.toISOString(),
          deliveredAt: line.deliveredAt?.toISOString() ?? null,
          acknowledgedAt: line.acknowledgedAt?.toISOString() ?? null,
          late: (line.acknowledgedAt ?? now) >= line.dueAt,
        }));
        return { body: { suspended: [...new Set(overdue.map(({ host }) => host))].sort(), notices } };
      },
    }),
    defineRoute<Actor>()({
      method: 'POST',
      path: '/api/officer/processors/notices/:id/acknowledged',
      summary: 'The processor has acknowledged in another way, which the officer notes. Ends its suspension.',
      access: isOfficer,
      freshSignIn: true,
      params: Type.Object({ id: uuid }),
      body: Type.Object({ note: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
      responses: { 204: Type.Null() },
      errors: ['not-found'],
      handle: async ({ actor, params, body }) => {
        await acknowledgeByHand(deps, actor, { ...params, ...body });
        return { status: 204 };
      },
    }),
  ];
}
