import { useTranslation } from 'react-i18next';

export function WaitingState({ text }: { text?: string }) {
  const { t } = useTranslation();
  return (
    <div className="waiting" role="status">
      <p className="hidden-text">{text ?? t('common.loading')}</p>
      <span />
      <span />
      <span />
    </div>
  );
}
