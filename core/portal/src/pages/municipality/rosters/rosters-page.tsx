import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Listed } from '../../../api/shapes.ts';
import { type LiveAnswer, useAnswer } from '../../../api/use-answer.ts';
import { Page } from '../../../frame/page.tsx';
import { Answered } from '../../../look/answered.tsx';
import { useWords } from '../../../look/use-words.ts';
import { MergeForm } from './merge-form.tsx';
import { PastImports } from './past-imports.tsx';
import { PendingList } from './pending-list.tsx';
import { RosterCard } from './roster-card.tsx';
import { RosterExport } from './roster-export.tsx';
import { RosterScheduleForm } from './roster-schedule-form.tsx';
import { isAtHand, isBusy, type Roster } from './roster-shapes.ts';
import { RosterUpload } from './roster-upload.tsx';
import './rosters.css';

const pollMilliseconds = 1_000;

/** The municipality's roster: a file at hand, decisions that it left to people, what was imported before. */
export function RostersPage() {
  const { t } = useTranslation();
  const { language } = useWords();
  const rosters = useAnswer<Listed<Roster>>(`/api/municipality/rosters?language=${language}`);
  const [round, setRound] = useState(0);
  const changed = () => {
    rosters.reload();
    setRound((last) => last + 1);
  };
  usePolling(rosters, changed);
  return (
    <Page title={t('rosters.title')} lead={t('rosters.lead')}>
      <div className="stack stack-large">
        <Answered of={rosters}>{({ items }) => <AtHand roster={items[0]} changed={changed} />}</Answered>
        <PendingList round={round} />
        <PastImports round={round} />
        <RosterScheduleForm />
        <MergeForm />
        <RosterExport />
      </div>
    </Page>
  );
}

function AtHand({ roster, changed }: { roster: Roster | undefined; changed: () => void }) {
  return (
    <>
      {roster && <RosterCard roster={roster} changed={changed} />}
      {!(roster && isBusy(roster)) && <RosterUpload replaces={Boolean(roster && isAtHand(roster))} sent={changed} />}
    </>
  );
}

/** Asks again while a server works on a file. */
function usePolling(rosters: LiveAnswer<Listed<Roster>>, ask: () => void): void {
  const busy = rosters.state === 'ready' && rosters.value.items.some(isBusy);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer starts the wait for the next one
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setTimeout(ask, pollMilliseconds);
    return () => clearTimeout(timer);
  }, [busy, rosters]);
}
