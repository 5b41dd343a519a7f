import { useTranslation } from 'react-i18next';
import type { ConsentView } from '../../api/shapes.ts';
import { Facts } from '../../look/facts.tsx';
import { useWords } from '../../look/use-words.ts';

/** The question in words, written from the notice: the same facts that the core enforces. */
export function ConsentQuestion({ consent }: { consent: ConsentView }) {
  const { t } = useTranslation();
  const { pick, date } = useWords();
  const { elements, recipients, places, retentionDays } = consent.notice.body;
  const keptDays = t('consent.keptDays', { days: t('common.days', { count: retentionDays }) });
  return (
    <Facts
      facts={[
        [t('consent.usedFor'), pick(consent.text)],
        [t('consent.fields'), elements.map(({ text }) => pick(text)).join(', ')],
        [t('consent.kept'), retentionDays === 0 ? t('consent.keptNot') : keptDays],
        [t('consent.recipient'), [recipients.join(', '), places.join(', ')].filter(Boolean).join(' · ')],
        [t('consent.without'), pick(consent.withoutConsent)],
        [t('consent.stateLabel'), consent.expiresOn && t('consent.expires', { date: date(consent.expiresOn) })],
      ]}
    />
  );
}
