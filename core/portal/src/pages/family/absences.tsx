import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { TableScroll } from '../../look/table-scroll.tsx';
import { useWords } from '../../look/use-words.ts';
import type { ChildAbsences } from '../attendance/attendance-shapes.ts';
import { TellAbsence } from './tell-absence.tsx';

/** A child's absences: from lessons, and those that the school was told of. */
export function Absences({ child }: { child: string }) {
  const { t } = useTranslation();
  const absences = useAnswer<ChildAbsences>(`/api/family/children/${child}/absences`);
  return (
    <Answered of={absences}>
      {({ lessons, registered, mayRegister }) => (
        <div className="stack stack-large">
          {lessons.length + registered.length === 0 && <p>{t('attendance.familyNone')}</p>}
          {lessons.length > 0 && <LessonTable lessons={lessons} />}
          {registered.length > 0 && <RegisteredList registered={registered} />}
          {mayRegister && <TellAbsence child={child} told={absences.reload} />}
        </div>
      )}
    </Answered>
  );
}

function LessonTable({ lessons }: Pick<ChildAbsences, 'lessons'>) {
  const { t } = useTranslation();
  const { moment } = useWords();
  return (
    <div className="stack stack-small">
      <h2>{t('attendance.familyTitle')}</h2>
      <TableScroll name={t('attendance.familyTitle')}>
        <table className="table">
          <caption className="hidden-text">{t('attendance.familyTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('attendance.when')}</th>
              <th scope="col">{t('attendance.lesson')}</th>
              <th scope="col">{t('attendance.minutes')}</th>
              <th scope="col">{t('attendance.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {lessons.map(({ id, title, startAt, validAbsenceMinutes, invalidAbsenceMinutes, absenceReason }) => (
              <tr key={id}>
                <th scope="row">{moment(startAt)}</th>
                <td>{title ?? t('attendance.withheld')}</td>
                <td>
                  {validAbsenceMinutes + invalidAbsenceMinutes},{' '}
                  {t(invalidAbsenceMinutes > 0 ? 'attendance.unauthorised' : 'attendance.authorised')}
                </td>
                <td>{absenceReason ?? t('attendance.noReason')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </div>
  );
}

function RegisteredList({ registered }: Pick<ChildAbsences, 'registered'>) {
  const { t } = useTranslation();
  const { span } = useWords();
  return (
    <section className="stack stack-small" aria-labelledby="registered">
      <h2 id="registered">{t('attendance.registeredTitle')}</h2>
      <ul className="plain stack stack-small">
        {registered.map(({ id, startAt, endAt, reason, status }) => (
          <li key={id} className="card">
            <p>
              {span({ from: startAt, to: endAt })}
              {reason && `, ${reason}`}
            </p>
            <p className="quiet">{t(`attendance.states.${status}`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
