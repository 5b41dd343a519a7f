import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Manifest } from '../../api/shapes.ts';
import { euros } from '../../look/euros.ts';
import { type Fact, Facts } from '../../look/facts.tsx';
import { useWords, type Words } from '../../look/use-words.ts';
import { privacyOf } from './plugin-labels.ts';

/** The labels with their words: privacy, accessibility, AI, cost; then who made it and for whom. */
export function PluginFacts({ manifest }: { manifest: Manifest }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <section className="card" aria-labelledby="plugin-facts">
      <h2 id="plugin-facts">{t('catalogue.labels')}</h2>
      <Facts facts={factsOf(manifest, t, words)} />
    </section>
  );
}

function factsOf(manifest: Manifest, t: TFunction, words: Words): Fact[] {
  const privacy = privacyOf(manifest);
  const { accessibility, ai, vendor, support } = manifest;
  return [
    [
      t('catalogue.privacy'),
      [t('catalogue.elements', { count: privacy.elements }), privacy.consent && t('catalogue.asksConsent')]
        .filter(Boolean)
        .join(', '),
    ],
    [
      t('catalogue.accessibility'),
      accessibility &&
        `${t('catalogue.level', { level: accessibility.level })}. ${words.pick(accessibility.statement)}`,
    ],
    [
      t('catalogue.ai'),
      ai &&
        [ai.used ? t('catalogue.aiUsed') : t('catalogue.aiNotUsed'), words.pick(ai.explanation)]
          .filter(Boolean)
          .join('. '),
    ],
    [t('catalogue.cost'), priceWords(manifest, t, words)],
    [t('catalogue.forRoles'), manifest.audience.roles.map((role) => t(`roles.${role}`)).join(', ')],
    [
      t('catalogue.vendor'),
      [vendor.name, vendor.businessId && t('catalogue.businessId', { id: vendor.businessId }), vendor.country]
        .filter(Boolean)
        .join(' · '),
    ],
    [t('catalogue.licence'), manifest.licence],
    [t('catalogue.support'), support?.email && <a href={`mailto:${support.email}`}>{support.email}</a>],
  ];
}

function priceWords({ price }: Manifest, t: TFunction, { language }: Words): string | undefined {
  if (!price) return undefined;
  if (price.perLearnerYear === 0) return t('catalogue.free');
  return t('catalogue.price', { price: euros(price.perLearnerYear, price.currency, language), vat: price.vatPercent });
}
