import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Child } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { placeWords } from './place-words.ts';

export function ChildrenPage() {
  const { t } = useTranslation();
  const children = useAnswer<Child[]>('/api/family/children');
  return (
    <Page title={t('family.childrenTitle')} lead={t('family.childrenLead')}>
      <Answered of={children}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('family.emptyTitle')} text={t('family.empty')} icon="person" />
          ) : (
            <div className="stack stack-large">
              <ul className="plain grid">
                {list.map((child) => (
                  <ChildCard key={child.id} child={child} />
                ))}
              </ul>
              <p>
                <Link to="/family/consents">{t('consentLife.reviewLink')}</Link>
              </p>
            </div>
          )
        }
      </Answered>
    </Page>
  );
}

function ChildCard({ child }: { child: Child }) {
  const { t } = useTranslation();
  return (
    <li className="card">
      <h2>
        <Link className="card-link" to={`/family/${child.id}`}>
          {child.name}
        </Link>
      </h2>
      <p className="quiet">{placeWords(child)}</p>
      <p className="small">{t(child.rights.decide ? 'family.mayDecide' : 'family.mayOnlySee')}</p>
    </li>
  );
}
