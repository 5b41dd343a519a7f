import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { Chip } from '../../look/chip.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import type { AssessmentLine } from './rights-shapes.ts';

const tones = { 'not-needed': 'plain', missing: 'bad', draft: 'warn', signed: 'good' } as const;

export function AssessmentsPage() {
  const { t } = useTranslation();
  const { pick } = useWords();
  const named = useNamed();
  const assessments = useAnswer<AssessmentLine[]>('/api/officer/assessments');
  return (
    <Page title={t('rights.officer.assessments')} lead={t('rights.assessment.lead')}>
      <Answered of={assessments}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('rights.assessment.none')} />
          ) : (
            <ul className="plain stack">
              {list.map((one) => (
                <li key={one.agreement} className="card">
                  <div className="row">
                    <h2>
                      <Link className="card-link" to={`/officer/assessments/${one.agreement}`}>
                        {pick(one.name) || one.plugin}
                      </Link>
                    </h2>
                    <Chip tone={tones[one.state]}>{t(`rights.assessment.states.${one.state}`)}</Chip>
                  </div>
                  <p className="quiet">{t('rights.assessment.version', { major: one.consentMajor })}</p>
                  {one.triggers.length > 0 && (
                    <p className="small">
                      {t('rights.assessment.why')}:{' '}
                      {one.triggers
                        .map((trigger) => named(`rights.assessment.triggers.${trigger}`, trigger))
                        .join(', ')}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Page>
  );
}
