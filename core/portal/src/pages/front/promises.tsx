import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../../look/icon.tsx';

const promises = [
  ['door', 'oneDoorTitle', 'oneDoor'],
  ['eye', 'familyTitle', 'family'],
  ['school', 'schoolTitle', 'school'],
] as const satisfies readonly (readonly [IconName, string, string])[];

export function Promises() {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="promises">
      <h2 id="promises" className="hidden-text">
        {t('front.promisesTitle')}
      </h2>
      <ul className="plain grid promises">
        {promises.map(([icon, title, text]) => (
          <li key={title} className="promise">
            <span className="promise-icon">
              <Icon name={icon} size={26} />
            </span>
            <h3>{t(`front.${title}`)}</h3>
            <p className="quiet">{t(`front.${text}`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
