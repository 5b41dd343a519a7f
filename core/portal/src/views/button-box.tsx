import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useSurface } from './surface-context.ts';
import type { ViewOf } from './view-of.ts';

/** A button; with a question, the question and its two answers take the button's place. */
export function ButtonBox({ view: { text, action, tone = 'primary', confirm } }: { view: ViewOf<'button'> }) {
  const { t } = useTranslation();
  const { act, busy } = useSurface();
  const [asking, setAsking] = useState(false);
  const press = () => {
    if (busy) return;
    setAsking(false);
    void act(action);
  };
  if (confirm && asking) {
    return (
      <fieldset className="notice notice-warn">
        <legend className="hidden-text">{confirm}</legend>
        <p aria-hidden="true">{confirm}</p>
        <div className="row">
          <Button autoFocus onClick={press} aria-disabled={busy}>
            {text}
          </Button>
          <Button variant="secondary" onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
        </div>
      </fieldset>
    );
  }
  return (
    <div>
      <Button
        variant={tone === 'secondary' ? 'secondary' : 'default'}
        className={tone === 'danger' ? 'view-danger' : ''}
        aria-disabled={busy}
        onClick={confirm ? () => setAsking(true) : press}
      >
        {text}
      </Button>
    </div>
  );
}
