import { useTranslation } from 'react-i18next';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import type { Inbox } from './inbox-shapes.ts';
import { MessageCard } from './message-card.tsx';
import { NotificationForm } from './notification-form.tsx';

/** What plugins wrote to the person, and whether an e-mail tells of it. */
export function InboxPage() {
  const { t } = useTranslation();
  const inbox = useAnswer<Inbox>('/api/inbox');
  const act = useAct();
  async function markRead(id: string): Promise<void> {
    await act.run(`/api/inbox/${id}/read`);
    inbox.reload();
  }
  return (
    <Page title={t('inbox.title')} lead={t('inbox.lead')}>
      <div className="stack stack-large">
        <section className="stack" aria-labelledby="messages">
          <h2 id="messages">{t('inbox.messages')}</h2>
          <Answered of={inbox}>
            {({ items, unread }) => (
              <>
                <p role="status" className="small quiet">
                  {t('inbox.unread', { count: unread })}
                </p>
                {items.length === 0 && <EmptyState title={t('inbox.none')} text={t('inbox.noneText')} />}
                <ul className="plain stack">
                  {items.map((message) => (
                    <MessageCard
                      key={message.id}
                      message={message}
                      busy={act.busy}
                      markRead={() => void markRead(message.id)}
                    />
                  ))}
                </ul>
              </>
            )}
          </Answered>
          {act.problem && <ErrorState problem={act.problem} />}
        </section>
        <NotificationForm />
      </div>
    </Page>
  );
}
