import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExplainedPerson } from '../../api/viewer-shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useNamed } from '../../look/use-named.ts';

interface PersonChoiceProps {
  label: string;
  school: string;
  /** `role id`, or empty. */
  chosen: string;
  choose: (person: string) => void;
  learners?: boolean;
}

/** A part of a name, then a choice among those who are found. */
export function PersonChoice({ label, school, chosen, choose, learners = false }: PersonChoiceProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [name, setName] = useState('');
  return (
    <div className="stack">
      <label className="choice">
        <span>{label}</span>
        <input
          type="search"
          value={typed}
          placeholder={t('explain.nameHint')}
          onChange={({ target }) => {
            setTyped(target.value);
            choose('');
            if (target.value.trim().length >= 2) setName(target.value.trim());
          }}
        />
      </label>
      {name !== '' && typed.trim().length >= 2 && (
        <Found label={label} school={school} name={name} chosen={chosen} choose={choose} learners={learners} />
      )}
    </div>
  );
}

function Found({ label, school, name, chosen, choose, learners }: PersonChoiceProps & { name: string }) {
  const { t } = useTranslation();
  const named = useNamed();
  const people = useAnswer<ExplainedPerson[]>(
    `/api/access/explanation/people?${new URLSearchParams({ school, name })}`,
  );
  const fitting = people.state === 'ready' ? people.value.filter(({ role }) => !learners || role === 'student') : [];
  return (
    <label className="choice">
      <span>{t('explain.choose', { label })}</span>
      <select value={chosen} onChange={({ target }) => choose(target.value)}>
        <option value="">{t(fitting.length > 0 ? 'explain.pick' : 'explain.nobody')}</option>
        {fitting.map((one) => (
          <option key={`${one.role} ${one.id}`} value={`${one.role} ${one.id}`}>
            {one.name}, {named(`roles.${one.role}`, one.role)}
          </option>
        ))}
      </select>
    </label>
  );
}
