import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Role } from '../../api/shapes.ts';
import { useAct } from '../../api/use-act.ts';
import { Chip } from '../../look/chip.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { useWords } from '../../look/use-words.ts';
import { useSession } from '../../session/session-context.ts';
import { LetIn } from './let-in.tsx';
import type { Visit } from './support-shapes.ts';

const tones = { waiting: 'warn', lapsed: 'plain', refused: 'plain', open: 'good', ended: 'plain' } as const;

interface VisitCardProps {
  visit: Visit;
  role: Role | undefined;
  changed: () => void;
}

export function VisitCard({ visit, role, changed }: VisitCardProps) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const { session, reload, takeRole } = useSession();
  const navigate = useNavigate();
  const act = useAct();
  const { id, asker: name, reason, state, minutes, askedAt, answeredBy, answeredAt, school, endsAt, isMine } = visit;
  async function press(verb: string, body?: object): Promise<void> {
    await act.run(`/api/support/visits/${id}/${verb}`, body);
    if (isMine) await reload();
    changed();
  }
  const held = session.signedIn ? session.roles.find((one) => one.visit?.id === id) : undefined;
  async function go(): Promise<void> {
    if (!held) return reload();
    await takeRole(held);
    await navigate('/');
    return undefined;
  }
  return (
    <li className="card stack">
      <div className="row row-apart">
        <h3>{name}</h3>
        <Chip tone={tones[state]}>
          {state === 'open' && endsAt
            ? t('support.openUntil', { until: moment(endsAt) })
            : t(`support.states.${state}`)}
        </Chip>
      </div>
      <p className="small quiet">{t('support.by', { name, when: moment(askedAt), minutes })}</p>
      <p>{reason}</p>
      {school && <p>{t('support.openSchool', { school: school.name })}</p>}
      {answeredBy && answeredAt && (
        <p className="small quiet">{t('support.answeredBy', { name: answeredBy, when: moment(answeredAt) })}</p>
      )}
      {state === 'waiting' && role === 'siteAdministrator' && (
        <LetIn
          name={name}
          busy={act.busy}
          letIn={(chosen) => void press('open', { school: chosen })}
          refuse={() => void press('refuse')}
        />
      )}
      {state === 'open' && (
        <div className="row">
          {isMine && held && school && (
            <button
              type="button"
              className="button button-second"
              aria-label={t('support.goNamed', { school: school.name })}
              onClick={() => void go()}
            >
              {t('support.go')}
            </button>
          )}
          <button
            type="button"
            className="button button-second"
            aria-disabled={act.busy}
            aria-label={t('support.endNamed', { name })}
            onClick={() => void press('end')}
          >
            {t('support.end')}
          </button>
        </div>
      )}
      {act.problem && act.problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={act.problem} />}
    </li>
  );
}
