import { useTranslation } from 'react-i18next';
import { Notice } from '../look/notice.tsx';

export function CrashNotice() {
  const { t } = useTranslation();
  return (
    <Notice tone="bad" announce>
      <p>
        <strong>{t('problem.title')}</strong>
      </p>
      <p>{t('problem.crash')}</p>
    </Notice>
  );
}
