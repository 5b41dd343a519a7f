import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Child } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Absences } from './absences.tsx';
import { ChildPlugins } from './child-plugins.tsx';
import { ChildTabs } from './child-tabs.tsx';
import { Consents } from './consents.tsx';
import { placeWords } from './place-words.ts';
import { PersonData } from '../rights/person-data.tsx';
import { Reads } from './reads.tsx';
import { Viewers } from './viewers.tsx';
import './family.css';

/** One child, or oneself: apps, consents, and who has looked. */
export function ChildPage() {
  const { t } = useTranslation();
  const { child = 'me', tab = 'plugins' } = useParams();
  const own = child === 'me';
  const children = useAnswer<Child[]>('/api/family/children');
  const known = children.state === 'ready' ? children.value.find((one) => one.id === child) : undefined;
  const title = own ? t('family.ownTitle') : (known?.name ?? t('family.childrenTitle'));
  return (
    <Page
      title={title}
      lead={own ? t('family.ownLead') : known && placeWords(known)}
      crumbs={own ? undefined : [{ to: '/', text: t('family.childrenTitle') }]}
    >
      <ChildTabs child={child} />
      <div className="tab-page">
        {tab === 'plugins' && <ChildPlugins child={child} />}
        {tab === 'consents' && <Consents child={child} />}
        {tab === 'data' && <PersonData child={child} />}
        {tab === 'absences' && <Absences child={child} />}
        {tab === 'viewers' && <Viewers child={child} />}
        {tab === 'reads' && <Reads child={child} name={own ? '' : title} />}
      </div>
    </Page>
  );
}
