import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { useSession } from '../../session/session-context.ts';
import type { OwnSignIn } from './account-shapes.ts';
import { SignInRow } from './sign-in-row.tsx';

/** Where the person is signed in, and the ways to end it elsewhere. */
export function SignIns() {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const list = useAnswer<{ items: OwnSignIn[] }>('/api/session/sign-ins');
  const act = useAct();
  async function end(path: string): Promise<void> {
    await act.run(path);
    // Also after a refusal: the sign-in may have ended by itself.
    list.reload();
  }
  return (
    <section className="stack" aria-labelledby="sign-ins">
      <h2 id="sign-ins">{t('account.signIns')}</h2>
      <p className="quiet measure">{t('account.signInsLead')}</p>
      <Answered of={list}>
        {({ items }) => (
          <>
            <p role="status" className="small quiet">
              {t('account.shown', { count: items.length })}
            </p>
            <ul className="plain stack">
              {items.map((one) => (
                <SignInRow
                  key={one.id}
                  signIn={one}
                  busy={act.busy}
                  end={() => void end(`/api/session/sign-ins/${one.id}/end`)}
                />
              ))}
            </ul>
            <div className="row">
              {items.length > 1 && (
                <Button variant="secondary" aria-disabled={act.busy} onClick={() => void end('/auth/sign-out-others')}>
                  {t('account.endOthers')}
                </Button>
              )}
              <Button variant="secondaryNoBorder" onClick={() => void signOut(true)}>
                {t('account.endAll')}
              </Button>
            </div>
          </>
        )}
      </Answered>
      {act.problem && act.problem.status !== 404 && <ErrorState problem={act.problem} />}
    </section>
  );
}
