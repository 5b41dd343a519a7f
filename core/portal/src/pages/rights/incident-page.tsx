import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Button, Textarea, TextInput } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Facts } from '../../look/facts.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import { WrittenForm } from '../cases/written-form.tsx';
import { ConcernedTable } from './concerned-table.tsx';
import { IncidentChips } from './incidents-page.tsx';
import type { IncidentView } from './rights-shapes.ts';
import { useDownload } from './use-download.ts';

export function IncidentPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const incident = useAnswer<IncidentView>(`/api/officer/incidents/${id}`);
  const title = incident.state === 'ready' ? incident.value.title : t('rights.officer.incidents');
  return (
    <Page title={title} crumbs={[{ to: '/officer/incidents', text: t('rights.officer.incidents') }]}>
      <Answered of={incident}>{(one) => <Incident of={one} changed={incident.reload} />}</Answered>
    </Page>
  );
}

function Incident({ of, changed }: { of: IncidentView; changed: () => void }) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const named = useNamed();
  const download = useDownload();
  const path = `/api/officer/incidents/${of.id}`;
  const isDone = of.state === 'closed';
  async function letters(): Promise<void> {
    await download.get(`${path}/letters`, 'letters.zip');
    changed();
  }
  return (
    <div className="stack stack-large">
      <section className="card" aria-label={of.title}>
        <div className="row">
          <IncidentChips of={of} />
        </div>
        <Facts
          facts={[
            [t('rights.incident.plugin'), of.plugin],
            [t('rights.incident.from'), moment(of.from)],
            [t('rights.incident.to'), moment(of.to)],
            [t('rights.incident.known'), moment(of.knownAt)],
            [t('rights.incident.risk'), of.risk && named(`rights.incident.risks.${of.risk}`, of.risk)],
            [t('rights.incident.findings'), of.findings],
            [t('rights.incident.measures'), of.measures],
            [t('rights.incident.authority'), of.authorityAt && `${moment(of.authorityAt)} · ${of.authorityReference}`],
            [t('rights.incident.letters'), of.lettersAt && moment(of.lettersAt)],
            [t('rights.incident.closing'), of.closing],
          ]}
        />
      </section>
      {of.state !== 'open' && <ConcernedTable incident={of} />}
      {!isDone && <AssessForm of={of} done={changed} />}
      {of.state === 'assessed' && of.risk !== 'none' && <AuthorityForm of={of} done={changed} />}
      {of.state !== 'open' && (
        <section className="stack" aria-labelledby="letters">
          <h2 id="letters">{t('rights.incident.letters')}</h2>
          <p className="quiet measure">{t('rights.incident.lettersLead')}</p>
          <div>
            <Button variant="secondary" aria-disabled={download.busy} onClick={() => void letters()}>
              {t('rights.incident.letters')}
            </Button>
          </div>
          {download.problem && download.problem.code !== 'fresh-sign-in-needed' && (
            <ErrorState problem={download.problem} />
          )}
        </section>
      )}
      {!isDone && of.state !== 'open' && (
        <section className="stack" aria-labelledby="close">
          <h2 id="close">{t('rights.incident.close')}</h2>
          <WrittenForm
            path={`${path}/close`}
            label={t('rights.incident.closing')}
            send={t('rights.incident.close')}
            longest={2000}
            bodyOf={(closing) => ({ closing })}
            done={changed}
          />
        </section>
      )}
    </div>
  );
}

const risks = ['none', 'risk', 'high-risk'] as const;

function AssessForm({ of, done }: { of: IncidentView; done: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [risk, setRisk] = useState<string>(of.risk ?? 'risk');
  const [findings, setFindings] = useState(of.findings ?? '');
  const [measures, setMeasures] = useState(of.measures ?? '');
  const [tried, setTried] = useState(false);
  const isShort = (text: string) => tried && text.trim().length < 3;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (findings.trim().length < 3 || measures.trim().length < 3) return;
    const body = { risk, findings: findings.trim(), measures: measures.trim() };
    if (await act.run(`/api/officer/incidents/${of.id}/assess`, body)) done();
  }
  const area = (name: 'findings' | 'measures', value: string, set: (next: string) => void) => (
    <Textarea
      labelText={t(`rights.incident.${name}`)}
      defaultValue={value}
      maxLength={4000}
      fullWidth
      status={isShort(value) ? 'error' : 'default'}
      statusText={isShort(value) ? t('common.required') : ''}
      onChange={(event) => set(event.target.value)}
    />
  );
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <label className="choice">
        <span>{t('rights.incident.risk')}</span>
        <select value={risk} onChange={(event) => setRisk(event.target.value)}>
          {risks.map((one) => (
            <option key={one} value={one}>
              {t(`rights.incident.risks.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {area('findings', findings, setFindings)}
      {area('measures', measures, setMeasures)}
      <div>
        <Button type="submit" aria-disabled={act.busy}>
          {t('rights.incident.assess')}
        </Button>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
    </form>
  );
}

function AuthorityForm({ of, done }: { of: IncidentView; done: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    const delay = text('delayReason') ? { delayReason: text('delayReason') } : {};
    if (await act.run(`/api/officer/incidents/${of.id}/authority`, { reference: text('reference'), ...delay })) done();
  }
  return (
    <form className="stack" aria-labelledby="authority" onSubmit={(event) => void submit(event)}>
      <h2 id="authority">{t('rights.incident.authority')}</h2>
      <TextInput name="reference" labelText={t('rights.incident.reference')} fullWidth />
      {of.hoursLeft < 0 && (
        <Textarea name="delayReason" labelText={t('rights.incident.delay')} maxLength={2000} fullWidth />
      )}
      <div>
        <Button type="submit" variant="secondary" aria-disabled={act.busy}>
          {t('rights.incident.notify')}
        </Button>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
    </form>
  );
}
