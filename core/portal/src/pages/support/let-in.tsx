import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { School } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';

interface LetInProps {
  name: string;
  busy: boolean;
  letIn: (school: string) => void;
  refuse: () => void;
}

/** The municipality's answer: one school, or no. */
export function LetIn({ name, busy, letIn, refuse }: LetInProps) {
  const { t } = useTranslation();
  const schools = useAnswer<School[]>('/api/municipality/schools');
  const [school, setSchool] = useState('');
  const [pressed, setPressed] = useState(false);
  function open(): void {
    setPressed(true);
    if (school) letIn(school);
  }
  return (
    <div className="stack stack-small">
      <Answered of={schools}>
        {(all) => (
          <label className="choice">
            <span>{t('support.school')}</span>
            <select value={school} onChange={(event) => setSchool(event.target.value)}>
              <option value="">{t('support.chooseSchool')}</option>
              {all.map(({ id, name: title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
      </Answered>
      <p role="status">{pressed && !school && t('support.schoolMissing')}</p>
      <div className="row">
        <button
          type="button"
          className="button button-second"
          aria-disabled={busy}
          aria-label={t('support.openNamed', { name })}
          onClick={open}
        >
          {t('support.open')}
        </button>
        <button
          type="button"
          className="button button-second"
          aria-disabled={busy}
          aria-label={t('support.refuseNamed', { name })}
          onClick={refuse}
        >
          {t('support.refuse')}
        </button>
      </div>
    </div>
  );
}
