import type { Tx } from '../../db/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import { isAssessed } from './assessment-store.ts';
import { type AssessedTerms, triggersOf } from './triggers.ts';

/**
 * A plugin whose terms make the risk high is enabled only with a signed assessment of these terms (GDPR Art. 35(1)): prior to
 * the processing. Another consent-major is other terms, and asks again.
 */
export async function requireAssessment(
  tx: Tx,
  municipality: Id,
  agreement: { plugin: string; consentMajor: number; document: AssessedTerms },
): Promise<void> {
  const triggers = triggersOf(agreement.document);
  if (triggers.length === 0 || (await isAssessed(tx, municipality, agreement))) return;
  refuse(
    'assessment-missing',
    `${agreement.plugin} needs an impact assessment that your data protection officer has signed (${triggers.join(', ')}). It waits on the officer's page, filled in as far as the agreement tells.`,
  );
}
