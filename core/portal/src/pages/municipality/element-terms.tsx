import { useTranslation } from 'react-i18next';
import { RadioButton, RadioButtonGroup, Textarea, TextInput } from 'suomifi-ui-components';
import type { AgreementElement, LegalBasis } from '../../api/shapes.ts';
import { ElementDuties } from './element-duties.tsx';
import { useElementText } from '../../look/use-element-text.ts';

interface ElementTermsProps {
  element: AgreementElement;
  tried: boolean;
  change: (element: AgreementElement) => void;
}

const bases: readonly LegalBasis[] = ['statutory', 'public-task', 'consent'];
const longestRetention = 36_500;

export function ElementTerms({ element, tried, change }: ElementTermsProps) {
  const { t } = useTranslation();
  const elementText = useElementText();
  const name = `${element.purpose}-${element.element}`;
  const missing = tried && element.necessity.trim() === '';
  return (
    <fieldset className="element-terms">
      <legend>{elementText(element.element)}</legend>
      <div className="element-fields">
        <RadioButtonGroup
          labelText={t('agreement.basis')}
          name={name}
          value={element.legalBasis}
          onChange={(value) => change({ ...element, legalBasis: value as LegalBasis })}
          groupHintText={element.legalBasis === 'consent' ? t('agreement.consentNote') : ''}
        >
          {bases.map((basis) => (
            <RadioButton key={basis} value={basis}>
              {t(`terms.basesLong.${basis}`)}
            </RadioButton>
          ))}
        </RadioButtonGroup>
        <div className="stack">
          <Textarea
            labelText={t('agreement.necessity')}
            defaultValue={element.necessity}
            maxLength={2000}
            fullWidth
            status={missing ? 'error' : 'default'}
            statusText={missing ? t('common.required') : ''}
            onChange={(event) => change({ ...element, necessity: event.target.value })}
          />
          <TextInput
            labelText={t('agreement.retention')}
            hintText={t('agreement.retentionHint')}
            type="number"
            defaultValue={String(element.retentionDays)}
            onChange={(value) => change({ ...element, retentionDays: daysFrom(value) })}
          />
          <ElementDuties element={element} change={change} />
        </div>
      </div>
    </fieldset>
  );
}

function daysFrom(value: unknown): number {
  const days = Math.trunc(Number(value));
  return Number.isFinite(days) ? Math.min(Math.max(days, 0), longestRetention) : 0;
}
