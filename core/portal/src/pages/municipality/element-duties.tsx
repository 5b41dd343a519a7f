import { useTranslation } from 'react-i18next';
import { Checkbox } from 'suomifi-ui-components';
import type { AgreementElement } from '../../api/shapes.ts';

interface ElementDutiesProps {
  element: AgreementElement;
  change: (element: AgreementElement) => void;
}

/** What whoever is shown the element owes; what is left out is not asked. */
export function ElementDuties({ element, change }: ElementDutiesProps) {
  const { t } = useTranslation();
  const { coarse, noExport, lease, ...rest } = element;
  const duties = { ...(coarse && { coarse }), ...(noExport && { noExport }), ...(lease && { lease }) };
  const without = (name: keyof typeof duties) => {
    const { [name]: _gone, ...kept } = duties;
    return { ...rest, ...kept };
  };
  const choice = (name: 'coarse' | 'noExport' | 'lease', value: object) => (
    <Checkbox
      checked={name in duties}
      onClick={({ checkboxState }) => change(checkboxState ? { ...element, ...value } : without(name))}
    >
      {t(`watching.${name}`)}
    </Checkbox>
  );
  return (
    <fieldset className="stack stack-small">
      <legend>{t('watching.duties')}</legend>
      {choice('coarse', { coarse: true })}
      {choice('noExport', { noExport: true })}
      {choice('lease', { lease: 'during-request' })}
    </fieldset>
  );
}
