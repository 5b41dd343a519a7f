import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchoolPlugin } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { useLive } from '../../live/live-context.ts';
import { Answered } from '../../look/answered.tsx';
import { dayWords } from '../../look/dates.ts';
import { EmptyState } from '../../look/empty-state.tsx';
import { useWords } from '../../look/use-words.ts';
import { useSession } from '../../session/session-context.ts';
import { OwnDataLinks } from '../family/own-data-links.tsx';
import { OwnClasses } from '../classes/own-classes.tsx';
import { PluginList } from './plugin-list.tsx';
import { TileBoard } from './tile-board.tsx';
import './home.css';

/** Where a teacher, a learner or a principal begins: tiles, apps and, for a teacher, today's classes. */
export function HomePage() {
  const { t } = useTranslation();
  const { pick, language } = useWords();
  const { session } = useSession();
  const plugins = useAnswer<SchoolPlugin[]>('/api/school/plugins');
  useLive(
    'plugin',
    useCallback(() => plugins.reload(), [plugins.reload]),
  );
  if (!session.signedIn) return null;
  const { role, school, municipality } = session.active;
  return (
    <Page
      title={t('home.greeting', { name: firstName(session.name) })}
      lead={[dayWords(session.today, language), school?.name, pick(municipality.name)].filter(Boolean).join(' · ')}
    >
      <div className="stack stack-large">
        <Answered of={plugins}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState title={t('home.emptyTitle')} text={t('home.empty')} />
            ) : (
              <>
                <TileBoard plugins={list} />
                <PluginList plugins={list} />
              </>
            )
          }
        </Answered>
        {role === 'teacher' && <OwnClasses />}
        {role === 'student' && <OwnDataLinks />}
      </div>
    </Page>
  );
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}
