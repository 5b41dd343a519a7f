import { useTranslation } from 'react-i18next';
import type { Listed } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { useSession } from '../../session/session-context.ts';
import { AskVisit } from './ask-visit.tsx';
import type { Visit } from './support-shapes.ts';
import { VisitCard } from './visit-card.tsx';

/** Visits of support staff: for those who ask, and for the municipality that lets them in or not. */
export function SupportPage() {
  const { t } = useTranslation();
  const { session } = useSession();
  const list = useAnswer<Listed<Visit>>('/api/support/visits');
  const role = session.signedIn ? session.active.role : undefined;
  return (
    <Page title={t('support.title')} lead={t(role === 'support' ? 'support.ownLead' : 'support.lead')}>
      <div className="stack stack-large">
        {role === 'support' && <AskVisit asked={list.reload} />}
        <section className="stack" aria-labelledby="requests">
          <h2 id="requests">{t('support.requests')}</h2>
          <Answered of={list}>
            {({ items }) =>
              items.length === 0 ? (
                <p className="quiet">{t('support.none')}</p>
              ) : (
                <ul className="plain stack">
                  {items.map((visit) => (
                    <VisitCard key={visit.id} visit={visit} role={role} changed={list.reload} />
                  ))}
                </ul>
              )
            }
          </Answered>
        </section>
      </div>
    </Page>
  );
}
