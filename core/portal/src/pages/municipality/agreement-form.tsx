import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox } from 'suomifi-ui-components';
import type { AgreementElement, Manifest } from '../../api/shapes.ts';
import { Notice } from '../../look/notice.tsx';
import { useWords } from '../../look/use-words.ts';
import { ElementTerms } from './element-terms.tsx';
import { proposedElements } from './proposed-elements.ts';
import './municipality.css';

interface AgreementFormProps {
  manifest: Manifest;
  busy: boolean;
  accept: (elements: AgreementElement[]) => Promise<void>;
}

/** A basis, a necessity and a retention for each element of each purpose, beginning from what the vendor proposes. */
export function AgreementForm({ manifest, busy, accept }: AgreementFormProps) {
  const { t } = useTranslation();
  const { pick, language } = useWords();
  const [elements, setElements] = useState(() => proposedElements(manifest, language));
  const [confirmed, setConfirmed] = useState(false);
  const [tried, setTried] = useState(false);
  const isComplete = confirmed && elements.every(({ necessity }) => necessity.trim() !== '');

  function send(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (isComplete && !busy) void accept(elements);
  }
  const change = (changed: AgreementElement) =>
    setElements(
      elements.map((one) => (one.purpose === changed.purpose && one.element === changed.element ? changed : one)),
    );
  return (
    <form className="stack stack-large" noValidate onSubmit={send}>
      {manifest.purposes.map((purpose) => (
        <section key={purpose.id} className="card" aria-labelledby={`purpose-${purpose.id}`}>
          <h2 id={`purpose-${purpose.id}`}>{pick(purpose.text)}</h2>
          {elements
            .filter((element) => element.purpose === purpose.id)
            .map((element) => (
              <ElementTerms key={element.element} element={element} tried={tried} change={change} />
            ))}
        </section>
      ))}
      <div className="stack">
        <Checkbox
          checked={confirmed}
          onClick={({ checkboxState }) => setConfirmed(checkboxState)}
          status={tried && !confirmed ? 'error' : 'default'}
          statusText={tried && !confirmed ? t('agreement.confirmNeeded') : ''}
        >
          {t('agreement.confirm')}
        </Checkbox>
        {tried && !isComplete && (
          <Notice tone="bad" announce>
            <p>{t('views.invalid')}</p>
          </Notice>
        )}
        <div>
          <Button type="submit" aria-disabled={busy}>
            {t('agreement.submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}
