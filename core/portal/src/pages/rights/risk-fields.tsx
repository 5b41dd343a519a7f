import { useTranslation } from 'react-i18next';
import { Textarea } from 'suomifi-ui-components';
import { useWords } from '../../look/use-words.ts';
import type { Risk } from './rights-shapes.ts';

interface RiskFieldsProps {
  risks: readonly Risk[];
  change: (next: readonly Risk[]) => void;
}

const weights = [1, 2, 3, 4];

/** Each risk: how likely, how grave, and what is done about it. */
export function RiskFields({ risks, change }: RiskFieldsProps) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const set = (id: string, part: Partial<Risk>) =>
    change(risks.map((risk) => (risk.id === id ? { ...risk, ...part } : risk)));
  const weight = (risk: Risk, name: 'likelihood' | 'severity') => (
    <label className="choice">
      <span>{t(`rights.assessment.${name}`)}</span>
      <select value={risk[name]} onChange={(event) => set(risk.id, { [name]: Number(event.target.value) })}>
        {weights.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      {risks.map((risk) => (
        <fieldset key={risk.id} className="stack card">
          <legend>
            <strong>{t('rights.assessment.risk', { risk: pick(risk.text) })}</strong>
          </legend>
          <p className="small quiet">
            {t('rights.assessment.safeguard')}: {pick(risk.safeguard)}
          </p>
          <div className="row">
            {weight(risk, 'likelihood')}
            {weight(risk, 'severity')}
          </div>
          <Textarea
            labelText={t('rights.assessment.mitigation')}
            defaultValue={risk.mitigation}
            maxLength={2000}
            fullWidth
            onChange={(event) => set(risk.id, { mitigation: event.target.value })}
          />
        </fieldset>
      ))}
    </>
  );
}
