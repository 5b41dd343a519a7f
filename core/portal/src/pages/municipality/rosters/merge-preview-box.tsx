import { useTranslation } from 'react-i18next';
import { Notice } from '../../../look/notice.tsx';
import { useWords } from '../../../look/use-words.ts';

interface Side {
  name: string;
  birthDate: string | null;
  school: string | null;
  classes: string[];
  memberships: number;
  marks: number;
  attendances: number;
  absences: number;
  protections: number;
}

export interface MergePreview {
  kept: Side;
  merged: Side;
  waitingGuardians: number;
}

const moved = ['memberships', 'marks', 'attendances', 'absences', 'protections'] as const;

/** Who the two are, and in words what a merge would do. */
export function MergePreviewBox({ preview: { kept, merged, waitingGuardians } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  return (
    <div className="card stack stack-small" role="status">
      <SideWords side={kept} title={t('merging.keptSide', { name: kept.name })} />
      <SideWords side={merged} title={t('merging.mergedSide', { name: merged.name })} />
      <h3>{t('merging.moves')}</h3>
      <ul className="roster-words">
        {moved
          .filter((what) => merged[what] > 0)
          .map((what) => (
            <li key={what}>{t(`merging.${what}`, { count: merged[what] })}</li>
          ))}
        <li>{t('merging.apps')}</li>
      </ul>
      {waitingGuardians > 0 && (
        <Notice tone="warn">
          <p>{t('merging.waiting', { count: waitingGuardians })}</p>
        </Notice>
      )}
      <p>{t('merging.final')}</p>
    </div>
  );
}

function SideWords({ side: { birthDate, school, classes }, title }: { side: Side; title: string }) {
  const { t } = useTranslation();
  const { date } = useWords();
  return (
    <div>
      <h3>{title}</h3>
      {birthDate && <p>{t('merging.born', { date: date(birthDate) })}</p>}
      <p>{school ? t('merging.place', { school, classes: classes.join(', ') }) : t('merging.noPlace')}</p>
    </div>
  );
}
