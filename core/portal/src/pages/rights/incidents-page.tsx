import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button, TextInput } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { Chip } from '../../look/chip.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import type { ProcessingActivity } from '../officer/officer-shapes.ts';
import type { IncidentView } from './rights-shapes.ts';

export function IncidentsPage() {
  const { t } = useTranslation();
  const incidents = useAnswer<IncidentView[]>('/api/officer/incidents');
  return (
    <Page title={t('rights.officer.incidents')} lead={t('rights.incident.lead')}>
      <div className="stack stack-large">
        <Answered of={incidents}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState title={t('rights.incident.none')} icon="check" />
            ) : (
              <ul className="plain stack">
                {list.map((one) => (
                  <li key={one.id} className="card">
                    <div className="row">
                      <h2>
                        <Link className="card-link" to={`/officer/incidents/${one.id}`}>
                          {one.title}
                        </Link>
                      </h2>
                      <IncidentChips of={one} />
                    </div>
                    <p className="quiet">{one.plugin}</p>
                  </li>
                ))}
              </ul>
            )
          }
        </Answered>
        <NewIncident opened={incidents.reload} />
      </div>
    </Page>
  );
}

export function IncidentChips({ of: { state, hoursLeft, risk } }: { of: IncidentView }) {
  const { t } = useTranslation();
  const runs = state === 'open' || (state === 'assessed' && risk !== 'none');
  return (
    <>
      <Chip tone={state === 'closed' ? 'good' : 'warn'}>{t(`rights.incident.states.${state}`)}</Chip>
      {runs && (
        <Chip tone={hoursLeft < 24 ? 'bad' : 'plain'}>
          {hoursLeft < 0 ? t('rights.incident.late') : t('rights.incident.hoursLeft', { count: hoursLeft })}
        </Chip>
      )}
    </>
  );
}

const hour = 3_600_000;

function NewIncident({ opened }: { opened: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const record = useAnswer<ProcessingActivity[]>('/api/officer/processing');
  const plugins = record.state === 'ready' ? [...new Set(record.value.map(({ plugin }) => plugin))] : [];
  const [round, setRound] = useState(0);
  const [times] = useState(() => ({ from: localText(Date.now() - 2 * hour), to: localText(Date.now()) }));
  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    const instant = (name: string) => new Date(text(name)).toISOString();
    const breach = { title: text('title'), plugin: text('plugin'), from: instant('from'), to: instant('to') };
    if (!(await act.run('/api/officer/incidents', { ...breach, knownAt: instant('known') }))) return;
    setRound((last) => last + 1);
    opened();
  }
  const moment = (name: 'from' | 'to' | 'known', value: string) => (
    <label className="choice">
      <span>{t(`rights.incident.${name}`)}</span>
      <input type="datetime-local" name={name} defaultValue={value} required />
    </label>
  );
  return (
    <section className="stack" aria-labelledby="new-incident">
      <h2 id="new-incident">{t('rights.incident.new')}</h2>
      <form key={round} className="stack card" aria-labelledby="new-incident" onSubmit={(event) => void submit(event)}>
        <TextInput name="title" labelText={t('rights.incident.title')} fullWidth required />
        <label className="choice">
          <span>{t('rights.incident.plugin')}</span>
          <select name="plugin" required>
            {plugins.map((plugin) => (
              <option key={plugin} value={plugin}>
                {plugin}
              </option>
            ))}
          </select>
        </label>
        {moment('from', times.from)}
        {moment('to', times.to)}
        {moment('known', times.to)}
        <div>
          <Button type="submit" variant="secondary" aria-disabled={act.busy}>
            {t('rights.incident.openIt')}
          </Button>
        </div>
        {act.problem && <ErrorState problem={act.problem} />}
      </form>
    </section>
  );
}

/** As an input of local time takes it: the officer's own clock. */
function localText(instant: number): string {
  const local = new Date(instant - new Date(instant).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
