import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useApi } from '../../api/api-context.ts';
import { useAct } from '../../api/use-act.ts';
import { Chip } from '../../look/chip.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Facts } from '../../look/facts.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import { ErasureLines } from './erasure-lines.tsx';
import type { OwnRequest } from './rights-shapes.ts';
import { offer } from './use-download.ts';

/** One request of one's own: how it stands, what was answered, what was done. */
export function OwnRequestCard({ request, changed }: { request: OwnRequest; changed: () => void }) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const act = useAct();
  const api = useApi();
  async function withdraw(): Promise<void> {
    if (await act.run(`/api/rights/requests/${request.id}/withdraw`)) changed();
  }
  async function receipt(id: string): Promise<void> {
    const { receipt: signed } = await api.get<{ receipt: string }>(`/api/rights/receipts/${id}`);
    offer(new Blob([signed], { type: 'application/jose' }), `erasure-${id.slice(-8)}.jws`);
  }
  return (
    <li className="card">
      <div className="row row-apart">
        <h4>{t(`rights.kinds.${request.kind}`)}</h4>
        <RequestChip request={request} />
      </div>
      <RequestFacts request={request} />
      {request.erasures.length > 0 && <ErasureLines lines={request.erasures} />}
      {request.receipts.map(({ id, at }) => (
        <div key={id}>
          <Button variant="secondaryNoBorder" onClick={() => void receipt(id)}>
            {`${t('rights.family.receipt')} (${moment(at)})`}
          </Button>
        </div>
      ))}
      {request.state === 'open' && (
        <div>
          <Button variant="secondaryNoBorder" aria-disabled={act.busy} onClick={() => void withdraw()}>
            {t('rights.family.withdraw')}
          </Button>
        </div>
      )}
      {act.problem && <ErrorState problem={act.problem} />}
    </li>
  );
}

export function RequestChip({ request }: { request: Pick<OwnRequest, 'state' | 'outcome' | 'inForce'> }) {
  const { t } = useTranslation();
  const named = useNamed();
  const { state, outcome } = request;
  const tone = state === 'open' ? 'warn' : outcome === 'declined' || state === 'withdrawn' ? 'plain' : 'good';
  return (
    <Chip tone={tone}>
      {outcome ? named(`rights.outcomes.${outcome}`, outcome) : t(`rights.states.${state}`)}
      {request.inForce && ` · ${t('rights.line.inForce')}`}
    </Chip>
  );
}

export function RequestFacts({ request }: { request: OwnRequest }) {
  const { t } = useTranslation();
  const { moment, date } = useWords();
  const named = useNamed();
  const told = request.recipients.map(({ name, state }) => `${name} (${named(`rights.told.${state}`, state)})`);
  return (
    <Facts
      shape="compact"
      facts={[
        [t('rights.officer.wish'), request.wish],
        [t('rights.line.field'), request.element && named(`elements.${request.element}`, request.element)],
        [t('rights.line.right'), request.value],
        [t('rights.line.askedOn'), moment(request.askedAt)],
        [t('rights.line.due'), request.state === 'open' && date(request.dueOn)],
        [t('rights.line.extended'), request.extension],
        [t('rights.line.answer'), request.reasons],
        [t('rights.family.toldTo'), told.join(', ')],
      ]}
    />
  );
}
