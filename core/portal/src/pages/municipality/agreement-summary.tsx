import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Manifest, MunicipalityPlugin } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';
import { useElementText } from '../../look/use-element-text.ts';
import { useWords } from '../../look/use-words.ts';
import { TableScroll } from '../../look/table-scroll.tsx';

/** What was agreed: each element with the basis that the core enforces. */
export function AgreementSummary({ manifest, agreed }: { manifest: Manifest; agreed: MunicipalityPlugin | undefined }) {
  const { t } = useTranslation();
  const { date } = useWords();
  const elementText = useElementText();
  if (!agreed) return null;
  const { agreement, newVersion } = agreed;
  return (
    <section className="stack" aria-labelledby="agreement">
      <div className="row">
        <h2 id="agreement">{t('municipality.agreement')}</h2>
        <Chip tone="good">{t('municipality.agreementValid')}</Chip>
      </div>
      <p className="quiet">
        {t('common.version', { version: agreement.version })} ·{' '}
        {t('municipality.accepted', { date: date(agreement.acceptedAt) })} ·{' '}
        {t('municipality.expires', { date: date(agreement.expiresOn) })}
      </p>
      <TableScroll name={t('municipality.agreement')}>
        <table className="table">
          <caption className="hidden-text">{t('municipality.agreement')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('agreement.element')}</th>
              <th scope="col">{t('agreement.basis')}</th>
              <th scope="col">{t('terms.retention')}</th>
            </tr>
          </thead>
          <tbody>
            {agreement.elements.map((element) => (
              <tr key={`${element.purpose} ${element.element}`}>
                <th scope="row" className="field-name">
                  {elementText(element.element)}
                </th>
                <td>{t(`terms.bases.${element.legalBasis}`)}</td>
                <td>
                  {element.retentionDays === 0
                    ? t('common.notKept')
                    : t('common.days', { count: element.retentionDays })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {newVersion?.needsAgreement && (
        <div>
          <Link className="button" to={`/municipality/${manifest.id}/agreement`}>
            {t('municipality.acceptNew')}
          </Link>
        </div>
      )}
    </section>
  );
}
