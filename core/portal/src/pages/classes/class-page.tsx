import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ClassView, StudentRow } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { useSession } from '../../session/session-context.ts';
import { StudentTable } from './student-table.tsx';

export function ClassPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { session } = useSession();
  const isWholeSchool = session.signedIn && session.active.role !== 'teacher';
  const classes = useAnswer<ClassView[]>('/api/classes');
  const students = useAnswer<StudentRow[]>(`/api/classes/${id}/students`);
  const title =
    classes.state === 'ready'
      ? (classes.value.find((one) => one.id === id)?.title ?? t('classes.title'))
      : t('classes.title');
  return (
    <Page
      title={title}
      lead={t('classes.audited')}
      crumbs={[{ to: '/classes', text: t(isWholeSchool ? 'classes.schoolTitle' : 'classes.title') }]}
    >
      <Answered of={students}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t('classes.emptyList')} icon="school" />
          ) : (
            <StudentTable title={title} rows={rows} />
          )
        }
      </Answered>
    </Page>
  );
}
