import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ClassView } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { ClassCards } from './class-cards.tsx';

const shownAtHome = 6;

export function OwnClasses() {
  const { t } = useTranslation();
  const classes = useAnswer<ClassView[]>('/api/classes');
  return (
    <section className="stack" aria-labelledby="own-classes">
      <div className="row row-apart">
        <h2 id="own-classes">{t('home.classes')}</h2>
        <Link to="/classes">{t('home.allClasses')}</Link>
      </div>
      <Answered of={classes}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('classes.emptyTitle')} text={t('classes.empty')} icon="school" />
          ) : (
            <ClassCards classes={list.slice(0, shownAtHome)} level={3} />
          )
        }
      </Answered>
    </section>
  );
}
