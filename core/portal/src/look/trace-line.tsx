import { useTranslation } from 'react-i18next';

/** The number that the log shares, for whoever asks for help. */
export function TraceLine({ trace }: { trace: string | undefined }) {
  const { t } = useTranslation();
  if (!trace) return null;
  return (
    <p className="small quiet">
      <span className="code">{t('problem.trace', { trace })}</span>
      <br />
      {t('problem.traceHelp')}
    </p>
  );
}
