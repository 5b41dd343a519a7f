import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Button, RadioButton, RadioButtonGroup, Textarea } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';

const decisions = [
  ['approve', 'approve'],
  ['request-changes', 'requestChanges'],
  ['reject', 'reject'],
] as const;

/** A decision with its reason; the vendor reads the reason. */
export function DecisionForm({ path }: { path: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const act = useAct();
  const [decision, setDecision] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const noReason = tried && reason.trim() === '';

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (decision === '' || reason.trim() === '' || act.busy) return;
    if (await act.run(path, { decision, reason: reason.trim() })) await navigate('/');
  }
  return (
    <form className="card" aria-labelledby="decision" noValidate onSubmit={(event) => void send(event)}>
      <h2 id="decision">{t('review.decision')}</h2>
      <RadioButtonGroup labelText={t('review.decisionLegend')} name="decision" value={decision} onChange={setDecision}>
        {decisions.map(([value, text]) => (
          <RadioButton key={value} value={value}>
            {t(`review.${text}`)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      {tried && decision === '' && (
        <Notice tone="bad" announce>
          <p>{t('review.choose')}</p>
        </Notice>
      )}
      <Textarea
        labelText={t('review.reason')}
        hintText={t('review.reasonHint')}
        maxLength={2000}
        fullWidth
        status={noReason ? 'error' : 'default'}
        statusText={noReason ? t('common.required') : ''}
        onChange={(event) => setReason(event.target.value)}
      />
      <div>
        <Button type="submit" aria-disabled={act.busy}>
          {t('review.submit')}
        </Button>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
    </form>
  );
}
