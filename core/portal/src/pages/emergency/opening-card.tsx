import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../api/shapes.ts';
import { useAct } from '../../api/use-act.ts';
import { Chip } from '../../look/chip.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { useWords } from '../../look/use-words.ts';
import { ContactsShown } from './contacts-shown.tsx';
import type { Opening, OpeningState } from './emergency-shapes.ts';

const tones = { waiting: 'warn', lapsed: 'plain', refused: 'plain', open: 'good', ended: 'plain' } as const;

interface OpeningCardProps {
  opening: Opening;
  role: Role | undefined;
  changed: () => void;
}

export function OpeningCard({ opening, role, changed }: OpeningCardProps) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const act = useAct();
  const [shown, setShown] = useState(false);
  const { id, learner, school, asker, reason, state, isMine, answeredBy, answeredAt, endsAt, isNoted } = opening;
  async function press(verb: Verb): Promise<void> {
    if (verb === 'look') return setShown(true);
    await act.run(`/api/emergency/${id}/${verb}`);
    changed();
  }
  return (
    <li className="card stack">
      <div className="row row-apart">
        <h3>{learner.name}</h3>
        <Chip tone={tones[state]}>
          {state === 'open' && endsAt
            ? t('emergency.openUntil', { until: moment(endsAt) })
            : t(`emergency.states.${state}`)}
        </Chip>
      </div>
      <p className="small quiet">
        {school.name}.{' '}
        {t('emergency.by', { name: asker.name, role: t(`roles.${asker.role}`), when: moment(opening.askedAt) })}
      </p>
      <p>{reason}</p>
      {answeredBy && answeredAt && (
        <p className="small quiet">
          {t('emergency.answeredBy', {
            name: answeredBy.name,
            role: t(`roles.${answeredBy.role}`),
            when: moment(answeredAt),
          })}
        </p>
      )}
      {isNoted && <p className="small quiet">{t('emergency.noted')}</p>}
      <div className="row">
        {verbsFor({ state, isMine, isNoted, role }).map((verb) => (
          <button
            key={verb}
            type="button"
            className="button button-second"
            aria-disabled={act.busy}
            aria-label={t(`emergency.${verb}Named`, { name: learner.name })}
            onClick={() => void press(verb)}
          >
            {t(`emergency.${verb}`)}
          </button>
        ))}
      </div>
      {shown && state === 'open' && <ContactsShown opening={id} />}
      {act.problem && act.problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={act.problem} />}
    </li>
  );
}

type Verb = 'open' | 'refuse' | 'close' | 'look' | 'note';

/** What a person may do; the core decides it again. */
function verbsFor(facts: {
  state: OpeningState;
  isMine: boolean;
  isNoted: boolean;
  role: Role | undefined;
}): readonly Verb[] {
  const { state, isMine, isNoted, role } = facts;
  const verbs: Verb[] = [];
  if (state === 'waiting' && !isMine && role !== 'teacher') verbs.push('open', 'refuse');
  if (state === 'open' && isMine) verbs.push('look');
  if (state === 'open') verbs.push('close');
  if (role === 'dataProtectionOfficer' && !isNoted && state !== 'waiting') verbs.push('note');
  return verbs;
}
