import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import type { Child, ConsentView } from '../../api/shapes.ts';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import { useWords } from '../../look/use-words.ts';
import { ConsentCard } from './consent-card.tsx';
import './family.css';

interface Review {
  reviewedOn: string | null;
  due: boolean;
  children: { child: string; consents: ConsentView[] }[];
}

/** Everything that was given, of all children, on one page; each consent is withdrawn with one press. */
export function ReviewConsentsPage() {
  const { t } = useTranslation();
  const { date } = useWords();
  const review = useAnswer<Review>('/api/family/consents/review');
  const children = useAnswer<Child[]>('/api/family/children');
  const act = useAct();
  const nameOf = (child: string) =>
    children.state === 'ready' ? children.value.find(({ id }) => id === child)?.name : undefined;
  async function finish(): Promise<void> {
    if (await act.run('/api/family/consents/review')) review.reload();
  }
  return (
    <Page title={t('consentLife.reviewTitle')} lead={t('consentLife.reviewLead')}>
      <Answered of={review}>
        {({ reviewedOn, due, children: all }) => {
          const given = all.filter(({ consents }) => consents.length > 0);
          return (
            <div className="stack stack-large tab-page">
              {due && <Notice tone="warn">{t('consentLife.due')}</Notice>}
              {given.length === 0 && <EmptyState title={t('consentLife.nothingGiven')} icon="check" />}
              {given.map(({ child, consents }) => (
                <section key={child} className="stack" aria-label={nameOf(child) ?? t('family.consents')}>
                  <h2>{nameOf(child) ?? t('family.consents')}</h2>
                  {consents.map((consent) => (
                    <ConsentCard
                      key={`${consent.plugin} ${consent.purpose}`}
                      child={child}
                      consent={consent}
                      changed={review.reload}
                    />
                  ))}
                </section>
              ))}
              <p role="status" className="quiet">
                {reviewedOn && t('consentLife.reviewedOn', { date: date(reviewedOn) })}
              </p>
              {given.length > 0 && (
                <div>
                  <Button variant="secondary" aria-disabled={act.busy} onClick={() => !act.busy && void finish()}>
                    {t('consentLife.keepAll')}
                  </Button>
                </div>
              )}
              {act.problem && <ErrorState problem={act.problem} />}
            </div>
          );
        }}
      </Answered>
    </Page>
  );
}
