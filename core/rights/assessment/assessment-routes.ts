import { Type } from 'typebox';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { RightsDeps } from '../exercising.ts';
import { byId, id, isOfficer, orNull, strict, texts } from '../schemas.ts';
import { listAssessments, readAssessment, signIt, write } from './assessments.ts';

const route = defineRoute<Actor>();

const line = {
  agreement: id,
  plugin: Type.String(),
  name: orNull(texts),
  consentMajor: Type.Integer(),
  triggers: Type.Array(Type.String()),
  state: Type.String(),
  signedAt: orNull(Type.String()),
};
const weight = Type.Integer({ minimum: 1, maximum: 4 });
const AssessmentShown = Type.Object({
  ...line,
  description: Type.Object({
    vendor: Type.String(),
    subjects: Type.Array(Type.String()),
    purposes: Type.Array(
      Type.Object({
        purpose: Type.String(),
        text: orNull(texts),
        bases: Type.Array(Type.String()),
        necessity: Type.Array(Type.String()),
        retentionDays: Type.Integer(),
      }),
    ),
    data: Type.Array(Type.Object({ element: Type.String(), text: texts, category: Type.String() })),
    recipients: Type.Array(Type.Object({ name: Type.String(), country: Type.String(), inEea: Type.Boolean() })),
    countries: Type.Array(Type.String()),
    usesAi: Type.Boolean(),
    background: Type.Boolean(),
  }),
  risks: Type.Array(
    Type.Object({
      id: Type.String(),
      text: texts,
      safeguard: texts,
      likelihood: weight,
      severity: weight,
      mitigation: Type.String(),
    }),
  ),
  necessity: Type.String(),
  conclusion: Type.String(),
  revision: Type.Integer(),
  signedHash: orNull(Type.String()),
});
const AssessmentBody = Type.Object(
  {
    risks: Type.Array(
      Type.Object(
        {
          id: Type.String({ maxLength: 40 }),
          likelihood: weight,
          severity: weight,
          mitigation: Type.String({ maxLength: 2000 }),
        },
        strict,
      ),
      { maxItems: 20 },
    ),
    necessity: Type.String({ maxLength: 4000 }),
    conclusion: Type.String({ maxLength: 4000 }),
    revision: Type.Integer({ minimum: 0 }),
  },
  strict,
);

export function assessmentRoutes(deps: RightsDeps): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/officer/assessments',
      summary: 'Agreements, whether each needs an impact assessment, and how far it is',
      access: isOfficer,
      responses: { 200: Type.Array(Type.Object(line)) },
      handle: async ({ actor }) => ({ body: await listAssessments(deps, actor) }),
    }),
    route({
      method: 'GET',
      path: '/api/officer/assessments/:id',
      summary: 'The impact assessment of an agreement, filled in as far as the agreement tells',
      access: isOfficer,
      params: byId,
      responses: { 200: AssessmentShown },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await readAssessment(deps, actor, params.id) }),
    }),
    route({
      method: 'PUT',
      path: '/api/officer/assessments/:id',
      summary: 'Weigh the risks and write what is done about them',
      access: isOfficer,
      params: byId,
      body: AssessmentBody,
      responses: { 200: AssessmentShown },
      errors: ['not-found', 'conflict', 'invalid'],
      handle: async ({ actor, params, body }) => ({
        body: await write(deps, actor, { ...body, agreement: params.id }),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/officer/assessments/:id/sign',
      summary: 'Sign the assessment: from then on the plugin can be taken into use',
      access: isOfficer,
      freshSignIn: true,
      params: byId,
      body: Type.Object({ revision: Type.Integer({ minimum: 1 }) }, strict),
      responses: { 200: AssessmentShown },
      errors: ['not-found', 'conflict', 'invalid'],
      handle: async ({ actor, params, body }) => ({
        body: await signIt(deps, actor, { ...body, agreement: params.id }),
      }),
    }),
  ];
}
