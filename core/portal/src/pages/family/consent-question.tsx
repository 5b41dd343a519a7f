import { useTranslation } from 'react-i18next';
import type { ConsentView } from '../../api/shapes.ts';
import { Facts } from '../../look/facts.tsx';
import { useWords } from '../../look/use-words.ts';
import { isGiven } from './consent-states.ts';

/** The question in words, written from the notice: the same facts that the core enforces. */
export function ConsentQuestion({ consent }: { consent: ConsentView }) {
  const { t } = useTranslation();
  const { pick, date } = useWords();
  const { notice } = consent;
  const days = notice.retentionDays;
  return (
    <Facts
      facts={[
        [t('consent.usedFor'), pick(consent.text)],
        [t('consent.fields'), notice.elements?.map(({ text }) => pick(text)).join(', ')],
        [
          t('consent.kept'),
          days === undefined
            ? undefined
            : days === 0
              ? t('consent.keptNot')
              : t('consent.keptDays', { days: t('common.days', { count: days }) }),
        ],
        [t('consent.recipient'), notice.recipients?.join(', ')],
        [t('consent.without'), pick(consent.withoutConsent)],
        [
          t('consent.stateLabel'),
          consent.expiresOn && isGiven(consent) ? t('consent.expires', { date: date(consent.expiresOn) }) : undefined,
        ],
      ]}
    />
  );
}
