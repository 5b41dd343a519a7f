import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Button, Textarea } from 'suomifi-ui-components';
import { useApi } from '../../api/api-context.ts';
import type { Problem } from '../../api/problem.ts';
import { asProblem, useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Facts } from '../../look/facts.tsx';
import { Notice } from '../../look/notice.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import './rights.css';
import { RiskFields } from './risk-fields.tsx';
import type { AssessmentView, Risk } from './rights-shapes.ts';

export function AssessmentPage() {
  const { t } = useTranslation();
  const { pick } = useWords();
  const { id } = useParams();
  const assessment = useAnswer<AssessmentView>(`/api/officer/assessments/${id}`);
  const title =
    assessment.state === 'ready'
      ? pick(assessment.value.name) || assessment.value.plugin
      : t('rights.officer.assessments');
  return (
    <Page title={title} crumbs={[{ to: '/officer/assessments', text: t('rights.officer.assessments') }]}>
      <Answered of={assessment}>
        {(one) => (
          <div className="stack stack-large">
            <Described of={one} />
            <AssessmentForm key={one.agreement} of={one} changed={assessment.reload} />
          </div>
        )}
      </Answered>
    </Page>
  );
}

/** What the agreement tells by itself. */
function Described({ of: { description, triggers } }: { of: AssessmentView }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const named = useNamed();
  const purposes = description.purposes.map(
    ({ purpose, text, bases, retentionDays }) =>
      `${pick(text) || purpose} (${bases.map((basis) => named(`terms.basesLong.${basis}`, basis)).join(', ')}; ${t('common.days', { count: retentionDays })})`,
  );
  return (
    <section className="stack" aria-labelledby="described">
      <h2 id="described">{t('rights.assessment.described')}</h2>
      <Facts
        facts={[
          [
            t('rights.assessment.why'),
            triggers.map((trigger) => named(`rights.assessment.triggers.${trigger}`, trigger)).join(', '),
          ],
          [
            t('rights.assessment.subjects'),
            description.subjects.map((role) => named(`roles.${role}`, role)).join(', '),
          ],
          [t('rights.record.purpose'), purposes.join('; ')],
          [t('rights.record.data'), description.data.map(({ text }) => pick(text)).join(', ')],
          [
            t('rights.record.recipients'),
            description.recipients.map(({ name, country }) => `${name} (${country})`).join(', '),
          ],
          [t('rights.assessment.ai'), description.usesAi && '✓'],
        ]}
      />
    </section>
  );
}

function AssessmentForm({ of, changed }: { of: AssessmentView; changed: () => void }) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const api = useApi();
  const [risks, setRisks] = useState<readonly Risk[]>(of.risks);
  const [necessity, setNecessity] = useState(of.necessity);
  const [conclusion, setConclusion] = useState(of.conclusion);
  const [saved, setSaved] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const path = `/api/officer/assessments/${of.agreement}`;

  async function act(work: () => Promise<unknown>, isSaved: boolean): Promise<void> {
    setProblem(undefined);
    setSaved(false);
    try {
      await work();
      setSaved(isSaved);
      changed();
    } catch (cause) {
      setProblem(asProblem(cause));
    }
  }
  function save(event: FormEvent): void {
    event.preventDefault();
    const weighed = risks.map(({ id, likelihood, severity, mitigation }) => ({ id, likelihood, severity, mitigation }));
    void act(() => api.put(path, { risks: weighed, necessity, conclusion, revision: of.revision }), true);
  }
  if (of.signedAt)
    return (
      <>
        <Notice tone="good">
          <p>{t('rights.assessment.signed', { date: moment(of.signedAt) })}</p>
          <p className="small">
            {t('rights.assessment.hash')}: <code className="digest">{of.signedHash}</code>
          </p>
        </Notice>
        <Facts
          facts={[
            ...of.risks.map((risk) => [`${risk.likelihood} × ${risk.severity}`, risk.mitigation] as const),
            [t('rights.assessment.necessity'), of.necessity],
            [t('rights.assessment.conclusion'), of.conclusion],
          ]}
        />
      </>
    );
  return (
    <form className="stack stack-large" onSubmit={save}>
      <RiskFields risks={risks} change={setRisks} />
      <Textarea
        labelText={t('rights.assessment.necessity')}
        defaultValue={necessity}
        maxLength={4000}
        fullWidth
        onChange={(event) => setNecessity(event.target.value)}
      />
      <Textarea
        labelText={t('rights.assessment.conclusion')}
        defaultValue={conclusion}
        maxLength={4000}
        fullWidth
        onChange={(event) => setConclusion(event.target.value)}
      />
      <p className="quiet measure">{t('rights.assessment.incomplete')}</p>
      {saved && (
        <Notice tone="good" announce>
          <p>{t('rights.assessment.saved')}</p>
        </Notice>
      )}
      {problem && problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={problem} />}
      <div className="row">
        <Button type="submit" variant="secondary">
          {t('rights.assessment.save')}
        </Button>
        {of.revision > 0 && (
          <Button onClick={() => void act(() => api.post(`${path}/sign`, { revision: of.revision }), false)}>
            {t('rights.assessment.sign')}
          </Button>
        )}
      </div>
    </form>
  );
}
