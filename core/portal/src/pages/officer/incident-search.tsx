import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { IncidentResult } from './incident-result.tsx';

const dayMs = 86_400_000;

/** "What did this plugin read between these two moments." Times are those of the officer's own clock. */
export function IncidentSearch({ plugins }: { plugins: readonly string[] }) {
  const { t } = useTranslation();
  const [times] = useState(() => ({ start: localText(Date.now() - dayMs), end: localText(Date.now() + 60_000) }));
  const [asked, setAsked] = useState<string>();
  function search(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const instant = (name: string) => new Date(String(form.get(name))).toISOString();
    const query = { plugin: String(form.get('plugin')), from: instant('start'), to: instant('end') };
    setAsked(`/api/officer/incident?${new URLSearchParams(query)}`);
  }
  return (
    <section className="stack" aria-labelledby="incident">
      <h2 id="incident">{t('officer.incident')}</h2>
      <p className="quiet measure">{t('officer.incidentLead')}</p>
      <form className="row" onSubmit={search} aria-labelledby="incident">
        <label>
          {t('officer.plugin')}{' '}
          <select name="plugin" required>
            {plugins.map((plugin) => (
              <option key={plugin}>{plugin}</option>
            ))}
          </select>
        </label>
        <label>
          {t('officer.start')} <input type="datetime-local" name="start" required defaultValue={times.start} />
        </label>
        <label>
          {t('officer.end')} <input type="datetime-local" name="end" required defaultValue={times.end} />
        </label>
        <Button type="submit">{t('officer.search')}</Button>
      </form>
      {asked && <IncidentResult key={asked} path={asked} />}
    </section>
  );
}

/** As an input of the kind datetime-local wants it. */
function localText(milliseconds: number): string {
  const offset = new Date(milliseconds).getTimezoneOffset() * 60_000;
  return new Date(milliseconds - offset).toISOString().slice(0, 16);
}
