import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { CaseCard } from './case-card.tsx';
import type { CaseView } from './case-shape.ts';
import { WrittenForm } from './written-form.tsx';

/** Questions that the principal or the data protection officer answers, open ones first. */
export function CaseList() {
  const { t } = useTranslation();
  const cases = useAnswer<CaseView[]>('/api/cases');
  return (
    <Answered of={cases}>
      {(list) =>
        list.length === 0 ? (
          <EmptyState title={t('cases.emptyTitle')} text={t('cases.empty')} />
        ) : (
          <ul className="plain stack">
            {list.map((one) => (
              <CaseCard key={one.id} of={one} staff>
                {!one.answer && (
                  <WrittenForm
                    path={`/api/cases/${one.id}/answer`}
                    label={t('cases.answerLabel')}
                    send={t('cases.answerSend')}
                    longest={4000}
                    bodyOf={(answer) => ({ answer })}
                    done={cases.reload}
                  />
                )}
              </CaseCard>
            ))}
          </ul>
        )
      }
    </Answered>
  );
}
