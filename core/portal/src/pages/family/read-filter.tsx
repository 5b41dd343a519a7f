import { useTranslation } from 'react-i18next';
import type { ChildPlugin } from '../../api/shapes.ts';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';

export interface ReadChoice {
  plugin: string;
  role: string;
  purpose: string;
}

interface ReadFilterProps {
  plugins: readonly ChildPlugin[];
  chosen: ReadChoice;
  choose: (choice: ReadChoice) => void;
}

const roles = ['teacher', 'principal', 'guardian', 'student', 'siteAdministrator', 'dataProtectionOfficer', 'platform'];

/** Native lists: on a phone they open the phone's own chooser. */
export function ReadFilter({ plugins, chosen, choose }: ReadFilterProps) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const named = useNamed();
  const purposes = new Map(plugins.flatMap((one) => one.purposes.map(({ purpose, text }) => [purpose, pick(text)])));
  return (
    <div className="row">
      <label className="choice">
        <span>{t('reads.filter')}</span>
        <select value={chosen.plugin} onChange={({ target }) => choose({ ...chosen, plugin: target.value })}>
          <option value="">{t('reads.filterAll')}</option>
          {plugins.map(({ plugin, name }) => (
            <option key={plugin} value={plugin}>
              {pick(name)}
            </option>
          ))}
        </select>
      </label>
      <label className="choice">
        <span>{t('watching.role')}</span>
        <select value={chosen.role} onChange={({ target }) => choose({ ...chosen, role: target.value })}>
          <option value="">{t('watching.everyRole')}</option>
          {roles.map((role) => (
            <option key={role} value={role}>
              {named(`roles.${role}`, role)}
            </option>
          ))}
        </select>
      </label>
      <label className="choice">
        <span>{t('watching.purpose')}</span>
        <select value={chosen.purpose} onChange={({ target }) => choose({ ...chosen, purpose: target.value })}>
          <option value="">{t('watching.everyPurpose')}</option>
          {[...purposes].map(([purpose, text]) => (
            <option key={purpose} value={purpose}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
