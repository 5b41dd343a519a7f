import type { TFunction } from 'i18next';
import type { Problem } from '../api/problem.ts';

/** Plain words for a refusal; the code itself is for the log. */
export function problemText(t: TFunction, problem: Problem): string {
  if (problem.code === 'unreachable') return t('problem.unreachable');
  if (problem.code === 'assessment-missing') return t('problem.assessmentMissing');
  if (problem.code === 'read-only') return t('problem.readOnly');
  if (problem.status === 403) return t('problem.forbidden');
  if (problem.status === 404) return t('problem.notFound');
  if (problem.status === 409) return t('problem.conflict');
  if (problem.status === 429) return t('problem.tooMany');
  if (problem.status === 502 || problem.status === 503) return t('problem.unavailable');
  return t('problem.unexpected');
}
