import { useTranslation } from 'react-i18next';
import type { StudentRow } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';

interface LearnerChoiceProps {
  ofClass: string;
  chosen: string;
  choose: (learner: string) => void;
}

/** Every pupil of the class alike: who is under an order is not told here. */
export function LearnerChoice({ ofClass, chosen, choose }: LearnerChoiceProps) {
  const { t } = useTranslation();
  const students = useAnswer<StudentRow[]>(`/api/classes/${ofClass}/students`);
  return (
    <Answered of={students}>
      {(rows) => (
        <label className="choice">
          <span>{t('emergency.learner')}</span>
          <select required value={chosen} onChange={(event) => choose(event.target.value)}>
            <option value="">{t('emergency.chooseLearner')}</option>
            {rows.map(({ id, familyName, preferredName, givenName }) => (
              <option key={id} value={id}>
                {`${familyName ?? ''} ${preferredName ?? givenName ?? ''}`.trim()}
              </option>
            ))}
          </select>
        </label>
      )}
    </Answered>
  );
}
