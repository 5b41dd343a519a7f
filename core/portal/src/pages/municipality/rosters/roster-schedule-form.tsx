import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, TextInput } from 'suomifi-ui-components';
import { useApi } from '../../../api/api-context.ts';
import type { Problem } from '../../../api/problem.ts';
import { asProblem, useAnswer } from '../../../api/use-answer.ts';
import { Answered } from '../../../look/answered.tsx';
import { ErrorState } from '../../../look/error-state.tsx';
import { Notice } from '../../../look/notice.tsx';
import { useWords } from '../../../look/use-words.ts';
import type { RosterSchedule } from './roster-shapes.ts';

const path = '/api/municipality/roster-schedule';

/** From where the roster is fetched each day, if from anywhere. */
export function RosterScheduleForm() {
  const { t } = useTranslation();
  const { moment } = useWords();
  const kept = useAnswer<{ schedule: RosterSchedule | null }>(path);
  return (
    <section className="stack" aria-labelledby="schedule">
      <div>
        <h2 id="schedule">{t('rosters.scheduleTitle')}</h2>
        <p className="quiet">{t('rosters.scheduleLead')}</p>
      </div>
      <Answered of={kept}>
        {({ schedule }) => (
          <>
            {schedule && <p>{t('rosters.nextFetch', { when: moment(schedule.nextAt) })}</p>}
            {schedule?.lastAt && schedule.lastOutcome && (
              <p>
                {t('rosters.lastFetch', {
                  when: moment(schedule.lastAt),
                  outcome: t(`rosters.fetchOutcomes.${schedule.lastOutcome}`),
                })}
              </p>
            )}
            <ScheduleFields key={schedule?.url ?? ''} schedule={schedule} changed={kept.reload} />
          </>
        )}
      </Answered>
    </section>
  );
}

function ScheduleFields({ schedule, changed }: { schedule: RosterSchedule | null; changed: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const [problem, setProblem] = useState<Problem>();
  const [saved, setSaved] = useState(false);

  async function act(work: () => Promise<unknown>): Promise<void> {
    setProblem(undefined);
    setSaved(false);
    try {
      await work();
      setSaved(true);
      changed();
    } catch (cause) {
      setProblem(asProblem(cause));
    }
  }
  function save(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    const header = text('value') === '' ? undefined : { name: text('name'), value: text('value') };
    void act(() => api.put(path, { url: text('url'), hour: Number(text('hour')), ...(header && { header }) }));
  }
  return (
    <form className="stack roster-fields" aria-labelledby="schedule" onSubmit={save}>
      <TextInput name="url" labelText={t('rosters.address')} defaultValue={schedule?.url ?? ''} fullWidth />
      <TextInput name="hour" labelText={t('rosters.hour')} defaultValue={String(schedule?.hour ?? 4)} type="number" />
      <TextInput name="name" labelText={t('rosters.headerName')} defaultValue={schedule?.header ?? ''} />
      <TextInput name="value" labelText={t('rosters.headerValue')} hintText={t('rosters.headerHint')} type="password" />
      {saved && (
        <Notice tone="good" announce>
          <p>{t('rosters.saved')}</p>
        </Notice>
      )}
      {problem && <ErrorState problem={problem} />}
      <div className="row">
        <Button type="submit" variant="secondary">
          {t('rosters.save')}
        </Button>
        {schedule && (
          <Button variant="secondaryNoBorder" onClick={() => void act(() => api.remove(path))}>
            {t('rosters.stopFetching')}
          </Button>
        )}
      </div>
    </form>
  );
}
