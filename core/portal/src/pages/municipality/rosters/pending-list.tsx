import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import type { Listed, Role } from '../../../api/shapes.ts';
import { useAct } from '../../../api/use-act.ts';
import { useAnswer } from '../../../api/use-answer.ts';
import { Answered } from '../../../look/answered.tsx';
import { ErrorState } from '../../../look/error-state.tsx';
import { Notice } from '../../../look/notice.tsx';
import type { PendingAccess } from './roster-shapes.ts';

/** Who would gain access, one decision each. */
export function PendingList({ round }: { round: number }) {
  const { t } = useTranslation();
  const pending = useAnswer<Listed<PendingAccess>>(`/api/municipality/pending-access?round=${round}`);
  const act = useAct();
  const decide = async (id: string, decision: 'confirm' | 'decline') => {
    await act.run(`/api/municipality/pending-access/${id}`, { decision });
    pending.reload();
  };
  return (
    <section className="stack" aria-labelledby="pending">
      <div>
        <h2 id="pending">{t('rosters.pendingTitle')}</h2>
        <p className="quiet">{t('rosters.pendingLead')}</p>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
      <Answered of={pending}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('rosters.pendingNone')}</p>
          ) : (
            <ul className="plain stack">
              {items.map((one) => (
                <PendingRow key={one.id} pending={one} busy={act.busy} decide={(what) => void decide(one.id, what)} />
              ))}
            </ul>
          )
        }
      </Answered>
    </section>
  );
}

interface PendingRowProps {
  pending: PendingAccess;
  busy: boolean;
  decide: (decision: 'confirm' | 'decline') => void;
}

function PendingRow({ pending: { person, child, role, org, custody }, busy, decide }: PendingRowProps) {
  const { t } = useTranslation();
  const named = t(`roles.${role as Role}`, { defaultValue: role ?? '' });
  const text = child
    ? t('rosters.pendingGuardian', { person: person.name, child: child.name })
    : t('rosters.pendingRole', { person: person.name, role: named, org: org?.name ?? '' });
  const who = child ? `${person.name} – ${child.name}` : person.name;
  return (
    <li className="card stack stack-small">
      <p>{text}</p>
      {custody && (
        <Notice tone="warn">
          <p>{t('rosters.custody')}</p>
        </Notice>
      )}
      <div className="row">
        <Button
          variant="secondary"
          aria-label={t('rosters.confirmFor', { person: who })}
          aria-disabled={busy}
          onClick={() => decide('confirm')}
        >
          {t('rosters.confirm')}
        </Button>
        <Button
          variant="secondary"
          aria-label={t('rosters.declineFor', { person: who })}
          aria-disabled={busy}
          onClick={() => decide('decline')}
        >
          {t('rosters.decline')}
        </Button>
      </div>
    </li>
  );
}
