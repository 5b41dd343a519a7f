import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../../../api/use-act.ts';
import { Chip } from '../../../look/chip.tsx';
import { ErrorState } from '../../../look/error-state.tsx';
import { Notice, type Tone } from '../../../look/notice.tsx';
import { useWords } from '../../../look/use-words.ts';
import { RosterProgress } from './roster-progress.tsx';
import { isAtHand, isBusy, type Roster } from './roster-shapes.ts';

const tones: Record<Roster['state'], Tone | 'plain'> = {
  received: 'info',
  checking: 'info',
  checked: 'info',
  loading: 'info',
  loaded: 'good',
  stopped: 'warn',
  failed: 'bad',
  interrupted: 'warn',
  discarded: 'plain',
};
const megabyte = 1_000_000;

/** The file at hand: where it is on its way, what it would change, and what can be done with it now. */
export function RosterCard({ roster, changed }: { roster: Roster; changed: () => void }) {
  const { t } = useTranslation();
  const { moment, language } = useWords();
  const size = Math.max(roster.bytes / megabyte, 0.1).toLocaleString(language, { maximumFractionDigits: 1 });
  return (
    <section className="card stack" aria-labelledby="roster">
      <div className="row">
        <h2 id="roster">{t('rosters.present')}</h2>
        <span role="status">
          <Chip tone={tones[roster.state]}>{t(`rosters.states.${roster.state}`)}</Chip>
        </span>
      </div>
      <p className="quiet">{t('rosters.received', { when: moment(roster.receivedAt), size })}</p>
      {isBusy(roster) && <RosterProgress progress={roster.progress} />}
      {roster.refusal && (
        <Notice tone="bad" announce>
          <p lang="en">{roster.refusal}</p>
        </Notice>
      )}
      {!isBusy(roster) && <Told roster={roster} />}
      {isAtHand(roster) && <RosterActs roster={roster} changed={changed} />}
    </section>
  );
}

function Told({ roster: { state, words, tooMuchRemoved, problems, run } }: { roster: Roster }) {
  const { t } = useTranslation();
  if (words.length === 0) return null;
  return (
    <div className="stack stack-small">
      <h3>{t(state === 'loaded' ? 'rosters.hasChanged' : 'rosters.wouldChange')}</h3>
      <ul className="roster-words">
        {words.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {tooMuchRemoved.length > 0 && state !== 'loaded' && (
        <Notice tone="warn">
          <p>{t('rosters.tooMuch', { files: tooMuchRemoved.join(', ') })}</p>
        </Notice>
      )}
      {problems > 0 && run && (
        <p>
          <Link to={`/municipality/rosters/problems/${run}`}>{t('rosters.showProblems', { count: problems })}</Link>
        </p>
      )}
    </div>
  );
}

function RosterActs({ roster, changed }: { roster: Roster; changed: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const path = `/api/municipality/rosters/${roster.id}`;
  const run = async (verb: 'check' | 'load' | 'discard', body?: unknown) => {
    await act.run(`${path}/${verb}`, body);
    changed();
  };
  const isChecked = roster.words.length > 0;
  const tooMuch = roster.tooMuchRemoved.length > 0;
  return (
    <>
      <div className="row">
        {!isBusy(roster) && isChecked && (
          <Button aria-disabled={act.busy} onClick={() => void run('load', { confirmRemovals: tooMuch })}>
            {t(tooMuch ? 'rosters.loadAnyway' : 'rosters.load')}
          </Button>
        )}
        {!isBusy(roster) && (
          <Button
            variant={isChecked ? 'secondary' : 'default'}
            aria-disabled={act.busy}
            onClick={() => void run('check')}
          >
            {t(isChecked ? 'rosters.checkAgain' : 'rosters.check')}
          </Button>
        )}
        <Button variant="secondaryNoBorder" aria-disabled={act.busy} onClick={() => void run('discard')}>
          {t('rosters.giveUp')}
        </Button>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
    </>
  );
}
