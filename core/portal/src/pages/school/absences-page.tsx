import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import type { Listed } from '../../api/shapes.ts';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { useWords } from '../../look/use-words.ts';
import type { RegisteredAbsence } from '../attendance/attendance-shapes.ts';

type Waiting = RegisteredAbsence & { name: string };

/** Absences that guardians told of: the principal says which are authorised. */
export function AbsencesPage() {
  const { t } = useTranslation();
  const waiting = useAnswer<Listed<Waiting>>('/api/school/absences');
  const act = useAct();
  const decide = async (id: string, decision: 'granted' | 'refused') => {
    await act.run(`/api/school/absences/${id}`, { decision });
    waiting.reload();
  };
  return (
    <Page title={t('attendance.schoolTitle')} lead={t('attendance.schoolLead')}>
      <div className="stack">
        {act.problem && <ErrorState problem={act.problem} />}
        <Answered of={waiting}>
          {({ items }) =>
            items.length === 0 ? (
              <p role="status">{t('attendance.schoolNone')}</p>
            ) : (
              <ul className="plain stack">
                {items.map((absence) => (
                  <WaitingRow
                    key={absence.id}
                    absence={absence}
                    busy={act.busy}
                    decide={(what) => void decide(absence.id, what)}
                  />
                ))}
              </ul>
            )
          }
        </Answered>
      </div>
    </Page>
  );
}

interface WaitingRowProps {
  absence: Waiting;
  busy: boolean;
  decide: (decision: 'granted' | 'refused') => void;
}

function WaitingRow({ absence: { name, startAt, endAt, reason }, busy, decide }: WaitingRowProps) {
  const { t } = useTranslation();
  const { span } = useWords();
  return (
    <li className="card stack stack-small">
      <p>
        <strong>{name}</strong>: {span({ from: startAt, to: endAt })}
        {reason && `, ${reason}`}
      </p>
      <div className="row">
        <Button
          variant="secondary"
          aria-label={t('attendance.grantFor', { name })}
          aria-disabled={busy}
          onClick={() => decide('granted')}
        >
          {t('attendance.grant')}
        </Button>
        <Button
          variant="secondary"
          aria-label={t('attendance.refuseFor', { name })}
          aria-disabled={busy}
          onClick={() => decide('refused')}
        >
          {t('attendance.refuse')}
        </Button>
      </div>
    </li>
  );
}
