import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Facts } from '../../look/facts.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import { WrittenForm } from '../cases/written-form.tsx';
import { DecideForm } from './decide-form.tsx';
import { ErasureLines } from './erasure-lines.tsx';
import { RequestChip, RequestFacts } from './own-request-card.tsx';
import { DaysLeft } from './requests-page.tsx';
import type { Recipient, RequestDetail } from './rights-shapes.ts';

export function RequestPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const detail = useAnswer<RequestDetail>(`/api/officer/requests/${id}`);
  const title = detail.state === 'ready' ? detail.value.person.name : t('rights.officer.requests');
  return (
    <Page title={title} crumbs={[{ to: '/officer/requests', text: t('rights.officer.requests') }]}>
      <Answered of={detail}>{(request) => <Detail of={request} changed={detail.reload} />}</Answered>
    </Page>
  );
}

function Detail({ of, changed }: { of: RequestDetail; changed: () => void }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const named = useNamed();
  const act = useAct();
  const path = `/api/officer/requests/${of.id}`;
  const isOpen = of.state === 'open';
  return (
    <div className="stack stack-large">
      <section className="stack card" aria-labelledby="request">
        <div className="row">
          <h2 id="request">{t(`rights.kinds.${of.kind}`)}</h2>
          <RequestChip request={of} />
          <DaysLeft of={of} />
        </div>
        <RequestFacts request={of.request} />
        <Facts
          shape="compact"
          facts={[
            [t('rights.officer.asker'), named(`roles.${of.askedRole}`, of.askedRole)],
            [t('rights.officer.onBehalf'), of.onBehalf],
            [t('rights.officer.present'), of.elementText && `${pick(of.elementText)}: ${of.present ?? '–'}`],
          ]}
        />
        {of.request.erasures.length > 0 && <ErasureLines lines={of.request.erasures} />}
        {of.inForce && of.state === 'decided' && (
          <div>
            <Button
              variant="secondary"
              aria-disabled={act.busy}
              onClick={() => void act.run(`${path}/lift`).then((done) => done && changed())}
            >
              {t('rights.officer.lift')}
            </Button>
          </div>
        )}
        {act.problem && <ErrorState problem={act.problem} />}
      </section>
      {isOpen && <DecideForm of={of} decided={changed} />}
      {isOpen && of.request.extension === null && (
        <section className="stack" aria-labelledby="extend">
          <h2 id="extend">{t('rights.officer.extend')}</h2>
          <WrittenForm
            path={`${path}/extend`}
            label={t('rights.officer.extendReason')}
            send={t('rights.officer.extend')}
            longest={1000}
            bodyOf={(reason) => ({ reason })}
            done={changed}
          />
        </section>
      )}
      {!isOpen && of.state === 'decided' && <Recipients of={of} changed={changed} />}
    </div>
  );
}

function Recipients({ of, changed }: { of: RequestDetail; changed: () => void }) {
  const { t } = useTranslation();
  const { pick, moment } = useWords();
  const named = useNamed();
  const act = useAct();
  const next = { 'to-tell': 'told', told: 'acknowledged' } as const;
  async function mark({ kind, name }: Recipient, state: string): Promise<void> {
    if (await act.run(`/api/officer/requests/${of.id}/recipients`, { kind, name, state })) changed();
  }
  return (
    <section className="stack" aria-labelledby="recipients">
      <h2 id="recipients">{t('rights.officer.recipients')}</h2>
      <p className="quiet measure">{t('rights.officer.recipientsLead')}</p>
      {of.recipients.length === 0 && <p>{t('rights.officer.noRecipients')}</p>}
      <ul className="plain stack">
        {of.recipients.map((one) => {
          const step = one.state === 'acknowledged' ? undefined : next[one.state];
          const text = t(step === 'told' ? 'rights.officer.markTold' : 'rights.officer.markAcknowledged');
          return (
            <li key={`${one.kind} ${one.name}`} className="card">
              <p>
                <strong>{one.name}</strong> {named(`rights.told.${one.state}`, one.state)}
              </p>
              <p className="small quiet">
                {one.elements.map((element) => pick(element.text)).join(', ')} ·{' '}
                {t('rights.officer.lastRead', { when: moment(one.lastReadAt) })}
              </p>
              {step && (
                <div>
                  <Button
                    variant="secondary"
                    aria-label={`${text}: ${one.name}`}
                    aria-disabled={act.busy}
                    onClick={() => void mark(one, step)}
                  >
                    {text}
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {act.problem && <ErrorState problem={act.problem} />}
    </section>
  );
}
