import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import { caseRoutes } from './case-routes.ts';
import { officerRoutes } from './officer-routes.ts';
import type { Audit } from './audit.ts';

const texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });
const orNull = <S extends Parameters<typeof Type.Optional>[0]>(schema: S) => Type.Union([schema, Type.Null()]);

const FamilyReads = Type.Object({
  items: Type.Array(
    Type.Object({
      event: Type.String(),
      at: Type.String(),
      action: Type.String(),
      who: Type.Object({ role: Type.String(), name: orNull(Type.String()) }),
      plugin: orNull(Type.String()),
      pluginName: orNull(texts),
      purpose: orNull(Type.String()),
      purposeText: orNull(texts),
      fields: Type.Array(Type.Object({ element: Type.String(), text: texts })),
      reason: orNull(Type.String()),
    }),
  ),
  next: orNull(Type.String()),
});

const child = Type.String({ pattern: '^(me|[0-9a-f-]{36})$' });
const isFamily = ({ role }: Actor): boolean => role === 'guardian' || role === 'student';
const eventOfChild = Type.Object({ child, event: Type.String({ pattern: '^[0-9]{1,16}$' }) });
const ProofParts = Type.Object({ index: Type.Integer(), size: Type.Integer(), hashes: Type.Array(Type.String()) });
const LogKey = Type.Object({ name: Type.String(), publicKey: Type.String() });
const proofParts = {
  event: Type.Record(Type.String(), Type.Unknown()),
  subject: Type.Record(Type.String(), Type.Unknown()),
  subjectProof: ProofParts,
  logProof: ProofParts,
};
const EventProof = Type.Object({ ...proofParts, checkpoint: Type.String() });
const FamilyLog = Type.Object({
  kind: Type.Literal('digione-family-log'),
  person: Type.String(),
  audience: Type.String(),
  takenAt: Type.String(),
  events: Type.Array(Type.Object(proofParts)),
  checkpoint: Type.String(),
  key: LogKey,
});

export function auditRoutes({ audit }: { audit: Audit }): Route<Actor>[] {
  return [
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children/:child/reads',
      summary: 'Who read what about the child and why, newest first.',
      access: isFamily,
      params: Type.Object({ child }),
      query: Type.Object({
        plugin: Type.Optional(Type.String({ maxLength: 80 })),
        role: Type.Optional(Type.String({ maxLength: 40 })),
        purpose: Type.Optional(Type.String({ maxLength: 80 })),
        cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      }),
      responses: { 200: FamilyReads },
      errors: ['not-found'],
      handle: async ({ actor, params, query }) => ({ body: await audit.familyReads(actor, params.child, query) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children/:child/reads/download',
      summary:
        'Everything that the log has about the child as a file, with the proof that these are all; itself logged.',
      access: isFamily,
      params: Type.Object({ child }),
      responses: { 200: FamilyLog },
      errors: ['not-found', 'not-allowed', 'unavailable'],
      handle: async ({ actor, params }) => ({
        body: { ...(await audit.familyDownload(actor, params.child)), key: audit.key },
        headers: { 'content-disposition': 'attachment; filename="digione-log.json"' },
      }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children/:child/reads/:event/proof',
      summary: 'Proof that the event is in the signed log; holds nothing about other learners.',
      access: isFamily,
      params: eventOfChild,
      responses: { 200: EventProof },
      errors: ['not-found', 'not-allowed'],
      handle: async ({ actor, params }) => ({ body: await audit.proof(actor, params.child, params.event) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children/:child/reads/:event/receipt',
      summary: 'Signed receipt of a consent decision (ISO/IEC TS 27560).',
      access: isFamily,
      params: eventOfChild,
      responses: { 200: Type.Object({ receipt: Type.String(), key: LogKey }) },
      errors: ['not-found', 'unavailable'],
      handle: async ({ actor, params }) => ({
        body: { receipt: await audit.receipt(actor, params.child, params.event), key: audit.key },
      }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/audit/key',
      summary: 'The public key of checkpoints and receipts.',
      access: 'public',
      responses: { 200: LogKey },
      handle: async () => ({ body: audit.key }),
    }),
    ...caseRoutes(audit),
    ...officerRoutes(audit),
  ];
}
