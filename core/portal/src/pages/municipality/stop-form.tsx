import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Textarea } from 'suomifi-ui-components';

interface StopFormProps {
  name: string;
  school: string;
  busy: boolean;
  cancel: () => void;
  stop: (reason: string) => void;
}

const longestReason = 500;

export function StopForm({ name, school, busy, cancel, stop }: StopFormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = asked && reason.trim() === '';
  function send(event: FormEvent): void {
    event.preventDefault();
    setAsked(true);
    if (reason.trim() !== '' && !busy) stop(reason.trim());
  }
  return (
    <form className="stack stop-form" aria-label={t('municipality.stopTitle')} onSubmit={send}>
      <p>{t('municipality.stopText', { name, school })}</p>
      <Textarea
        labelText={t('municipality.reasonStop')}
        hintText={t('municipality.reasonHint')}
        maxLength={longestReason}
        fullWidth
        autoFocus
        status={missing ? 'error' : 'default'}
        statusText={missing ? t('common.required') : ''}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="row">
        <Button type="submit" aria-disabled={busy}>
          {t('municipality.stopConfirm')}
        </Button>
        <Button variant="secondaryNoBorder" onClick={cancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
