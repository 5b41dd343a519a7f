import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import type { Contacts } from './emergency-shapes.ts';

export function ContactsShown({ opening }: { opening: string }) {
  const { t } = useTranslation();
  const answer = useAnswer<Contacts>(`/api/emergency/${opening}/contacts`);
  return (
    <Answered of={answer}>
      {({ learner }) => (
        <dl className="facts">
          {(['address', 'phone', 'email'] as const).map((field) => (
            <div key={field}>
              <dt>{t(`emergency.${field}`)}</dt>
              <dd>{learner[field] ?? t('emergency.nothing')}</dd>
            </div>
          ))}
        </dl>
      )}
    </Answered>
  );
}
