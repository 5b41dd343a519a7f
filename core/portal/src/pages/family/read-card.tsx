import { useTranslation } from 'react-i18next';
import type { ReadItem } from '../../api/shapes.ts';
import { Facts } from '../../look/facts.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';

export function ReadCard({ read }: { read: ReadItem }) {
  const { t } = useTranslation();
  const { pick, moment } = useWords();
  const role = useNamed()(`roles.${read.who.role}`, read.who.role);
  return (
    <li className="card read">
      <p className="read-who">
        <strong>{read.who.name ?? role}</strong>
        {read.who.name && <span className="quiet">{role}</span>}
        <time dateTime={read.at} className="quiet">
          {moment(read.at)}
        </time>
      </p>
      <Facts
        shape="compact"
        facts={[
          [t('reads.why'), pick(read.purposeText)],
          [t('reads.fields'), read.fields.map(({ text }) => pick(text)).join(', ')],
          [t('municipality.reason'), read.reason],
          [t('reads.through'), read.plugin ? pick(read.pluginName) || read.plugin : t('reads.portal')],
        ]}
      />
    </li>
  );
}
