import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../look/icon.tsx';

export function StoppedPlugin({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <div className="state" role="status">
      <Icon name="pause" size={36} />
      <h2>{t('plugin.stoppedTitle')}</h2>
      <p className="measure">{t('plugin.stopped', { name })}</p>
      <p>
        <Link to="/">{t('problem.toFront')}</Link>
      </p>
    </div>
  );
}
