import { useTranslation } from 'react-i18next';
import type { Listed } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { useSession } from '../../session/session-context.ts';
import { AskContacts } from './ask-contacts.tsx';
import type { Opening } from './emergency-shapes.ts';
import { OpeningCard } from './opening-card.tsx';

/** Emergency access to what is withheld: for who asks, for the second person, and for the data protection officer afterwards. */
export function EmergencyPage() {
  const { t } = useTranslation();
  const { session } = useSession();
  const list = useAnswer<Listed<Opening>>('/api/emergency');
  const role = session.signedIn ? session.active.role : undefined;
  return (
    <Page title={t('emergency.title')} lead={t('emergency.lead')}>
      <div className="stack stack-large">
        {(role === 'teacher' || role === 'principal') && <AskContacts asked={list.reload} />}
        <section className="stack" aria-labelledby="requests">
          <h2 id="requests">{t('emergency.requests')}</h2>
          <Answered of={list}>
            {({ items }) =>
              items.length === 0 ? (
                <p className="quiet">{t('emergency.none')}</p>
              ) : (
                <ul className="plain stack">
                  {items.map((opening) => (
                    <OpeningCard key={opening.id} opening={opening} role={role} changed={list.reload} />
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
