import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Listed } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import type { OwnVendor } from './vendor-shapes.ts';

/** Where the work of a vendor's person begins: for whom they work. */
export function VendorsPage() {
  const { t } = useTranslation();
  const vendors = useAnswer<Listed<OwnVendor>>('/api/vendor');
  return (
    <Page title={t('vendor.title')} lead={t('vendor.lead')}>
      <Answered of={vendors}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('vendor.none')} text={t('vendor.noneHelp')} icon="person" />
          ) : (
            <ul className="plain grid">
              {items.map(({ namespace, name, role }) => (
                <li key={namespace} className="card">
                  <h2>
                    <Link className="card-link" to={`/vendor/${namespace}`}>
                      {name}
                    </Link>
                  </h2>
                  <p className="quiet small">{t('vendor.role', { role: t(`vendor.roles.${role}`) })}</p>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Page>
  );
}
