import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function Footer() {
  const { t } = useTranslation();
  return (
    <footer className="bottom">
      <div className="inner">
        <div>
          <p>
            <strong>{t('brand.name')}</strong>
          </p>
          <p>{t('frame.footerAbout')}</p>
        </div>
        <div>
          <p>
            <Link to="/catalogue">{t('frame.footerCatalogue')}</Link>
          </p>
          <p>{t('frame.footerOpen')}</p>
        </div>
      </div>
    </footer>
  );
}
