import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function Brand() {
  const { t } = useTranslation();
  return (
    <Link to="/" className="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" fill="#00347a" />
        <path d="M10 9h5.2a7 7 0 0 1 0 14H10z" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinejoin="round" />
        <circle cx="23.6" cy="9.4" r="2.6" fill="#ffb92e" />
      </svg>
      <span className="brand-name">{t('brand.name')}</span>
    </Link>
  );
}
