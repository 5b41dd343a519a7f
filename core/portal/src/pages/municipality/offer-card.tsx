import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Chip } from '../../look/chip.tsx';
import { useWords } from '../../look/use-words.ts';
import type { Offer } from './offers.ts';

export function OfferCard({ offer }: { offer: Offer }) {
  const { pick } = useWords();
  return (
    <li className="card">
      <h2>
        <Link className="card-link" to={`/municipality/${offer.plugin}`}>
          {pick(offer.name)}
        </Link>
      </h2>
      {offer.description && <p className="quiet">{pick(offer.description)}</p>}
      <ul className="plain row card-foot">
        <OfferChips offer={offer} />
      </ul>
    </li>
  );
}

function OfferChips({ offer: { agreed, version } }: { offer: Offer }) {
  const { t } = useTranslation();
  const inUse = agreed?.enablements.filter(({ status }) => status === 'enabled').length ?? 0;
  const stopped = agreed?.enablements.filter(({ status }) => status === 'stopped').length ?? 0;
  return (
    <>
      <li>
        <Chip tone={agreed ? 'good' : 'plain'}>
          {t(agreed ? 'municipality.agreementValid' : 'municipality.agreementNone')}
        </Chip>
      </li>
      {agreed && (
        <li>
          <Chip tone={inUse > 0 ? 'info' : 'plain'}>{t('municipality.inUse', { count: inUse })}</Chip>
        </li>
      )}
      {stopped > 0 && (
        <li>
          <Chip tone="warn">{t('municipality.stoppedIn', { count: stopped })}</Chip>
        </li>
      )}
      <li>
        <Chip tone="plain">
          {agreed?.newVersion
            ? t('municipality.newVersion', { version: agreed.newVersion.version })
            : t('common.version', { version })}
        </Chip>
      </li>
    </>
  );
}
