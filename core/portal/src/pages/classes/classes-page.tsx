import { useTranslation } from 'react-i18next';
import type { ClassView } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { useSession } from '../../session/session-context.ts';
import { ClassCards } from './class-cards.tsx';

export function ClassesPage() {
  const { t } = useTranslation();
  const { session } = useSession();
  const isWholeSchool = session.signedIn && session.active.role !== 'teacher';
  const classes = useAnswer<ClassView[]>('/api/classes');
  return (
    <Page
      title={t(isWholeSchool ? 'classes.schoolTitle' : 'classes.title')}
      lead={t(isWholeSchool ? 'classes.schoolLead' : 'classes.lead')}
    >
      <Answered of={classes}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('classes.emptyTitle')} text={t('classes.empty')} icon="school" />
          ) : (
            <ClassCards classes={list} level={2} />
          )
        }
      </Answered>
    </Page>
  );
}
