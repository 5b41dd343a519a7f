import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LearnerMark } from './attendance-shapes.ts';

interface LearnerRowProps {
  learner: LearnerMark;
  /** Of the lesson. */
  minutes: number;
  reasons: readonly string[];
}

const lateMinutes = [5, 10, 15, 30];

/** There, late or away; a reason only of somebody who is away. */
export function LearnerRow({ learner, minutes, reasons }: LearnerRowProps) {
  const { t } = useTranslation();
  const { student, name, isReported, absentMinutes, absenceReason } = learner;
  const [absent, setAbsent] = useState(absentMinutes);
  const shorter = new Set(
    [...lateMinutes.filter((late) => late < minutes), absentMinutes].filter((late) => late > 0 && late < minutes),
  );
  return (
    <li>
      <fieldset className="card attendance-row">
        <legend>{name}</legend>
        <label>
          {t('attendance.state')}
          <select name={`minutes ${student}`} value={absent} onChange={({ target }) => setAbsent(Number(target.value))}>
            <option value={0}>{t('attendance.present')}</option>
            {[...shorter]
              .sort((a, b) => a - b)
              .map((late) => (
                <option key={late} value={late}>
                  {t('attendance.late', { minutes: late })}
                </option>
              ))}
            <option value={minutes}>{t('attendance.away')}</option>
          </select>
        </label>
        {absent > 0 && reasons.length > 0 && (
          <label>
            {t('attendance.reason')}
            <select name={`reason ${student}`} defaultValue={absenceReason ?? ''}>
              <option value="">{t('attendance.noReason')}</option>
              {reasons.map((reason) => (
                <option key={reason}>{reason}</option>
              ))}
            </select>
          </label>
        )}
        {!isReported && <p className="quiet">{t('attendance.notReported')}</p>}
      </fieldset>
    </li>
  );
}
