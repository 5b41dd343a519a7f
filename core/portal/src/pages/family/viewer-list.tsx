import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Viewer, Viewers } from '../../api/viewer-shapes.ts';
import { Facts } from '../../look/facts.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';

/** Everybody who can see something, one card each, and below what nobody sees and why. */
export function ViewerList({ answer }: { answer: Viewers }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const [element, setElement] = useState('');
  const known = new Map(answer.viewers.flatMap(({ fields }) => fields.map((field) => [field.element, field.text])));
  for (const { element: id, text } of answer.hidden) known.set(id, text);
  const chosen =
    element === ''
      ? answer.viewers
      : answer.viewers.filter(({ fields }) => fields.some((one) => one.element === element));
  const hidden = answer.hidden.filter((one) => element === '' || one.element === element);
  const people = Map.groupBy(chosen, ({ role, name }) => `${role} ${name ?? ''}`);
  return (
    <>
      <label className="choice">
        <span>{t('viewers.field')}</span>
        <select value={element} onChange={({ target }) => setElement(target.value)}>
          <option value="">{t('viewers.allFields')}</option>
          {[...known].map(([id, text]) => (
            <option key={id} value={id}>
              {pick(text)}
            </option>
          ))}
        </select>
      </label>
      <p role="status" className="small quiet">
        {t('viewers.count', { count: people.size })}
      </p>
      <ul className="plain stack">
        {[...people].map(([key, ways]) => (
          <ViewerCard key={key} ways={ways} element={element} />
        ))}
      </ul>
      {hidden.length > 0 && (
        <section className="stack" aria-labelledby="hidden-fields">
          <h3 id="hidden-fields">{t('viewers.hidden')}</h3>
          <ul className="plain stack">
            {hidden.map((one) => (
              <li key={`${one.plugin} ${one.element}`} className="card read">
                <p>
                  <strong>{pick(one.text)}</strong> · {pick(one.pluginName) || one.plugin}
                </p>
                <p>{pick(one.say)}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function ViewerCard({ ways, element }: { ways: Viewer[]; element: string }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const named = useNamed();
  const [first] = ways;
  if (!first) return null;
  const role = named(`roles.${first.role}`, first.role);
  const fields = (way: Viewer) =>
    way.fields
      .filter((one) => element === '' || one.element === element)
      .map(({ text, coarse }) => (coarse ? t('viewers.coarse', { field: pick(text) }) : pick(text)))
      .join(', ');
  return (
    <li className="card read">
      <p className="read-who">
        <strong>{first.name ?? role}</strong>
        {first.name && <span className="quiet">{role}</span>}
      </p>
      <Facts
        shape="compact"
        facts={ways.map((way) => [
          way.plugin === null
            ? t('reads.portal')
            : [pick(way.pluginName) || way.plugin, pick(way.purpose)].filter(Boolean).join(': '),
          fields(way),
        ])}
      />
    </li>
  );
}
