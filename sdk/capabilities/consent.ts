import { Type } from 'typebox';
import { slugPattern } from '../manifest/index.ts';
import { defineCapability } from './define.ts';
import { pairwiseId, strict } from './parts.ts';

/**
 * Puts a question to the family on their page of consents. A plugin asks and never decides; the answer is the same whether the
 * family was asked now, has been asked before, or has said no lately and is left in peace.
 */
export const requestConsent = defineCapability({
  name: 'consent.request',
  summary:
    'Asks the family of a learner for a consent that the agreement bases a purpose on. Never tells what they decided; who said no is not asked again for 90 days.',
  scope: 'consent.request',
  argument: Type.Object({ subject: pairwiseId, purpose: Type.String({ pattern: slugPattern }) }, strict),
  result: Type.Object({ passedOn: Type.Literal(true) }, strict),
});
