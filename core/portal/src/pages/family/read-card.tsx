import { useTranslation } from 'react-i18next';
import type { ChildPlugin, ReadItem } from '../../api/shapes.ts';
import { Facts } from '../../look/facts.tsx';
import { useNamed } from '../../look/use-named.ts';
import { AskSchool } from '../cases/ask-school.tsx';
import { useWords } from '../../look/use-words.ts';

interface ReadCardProps {
  read: ReadItem;
  plugins: readonly ChildPlugin[];
  child: string;
  asked: () => void;
}

/** One look at the data, or one act about it, such as a consent. */
export function ReadCard({ read, plugins, child, asked }: ReadCardProps) {
  const { t } = useTranslation();
  const { pick, moment } = useWords();
  const role = useNamed()(`roles.${read.who.role}`, read.who.role);
  const isAct = read.action.startsWith('consent.') || read.action.startsWith('question.');
  const known = read.pluginName ?? plugins.find(({ plugin }) => plugin === read.plugin)?.name;
  const pluginName = read.plugin ? pick(known) || read.plugin : t('reads.portal');
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
          [t(isAct ? 'reads.what' : 'reads.why'), pick(read.purposeText)],
          [t('reads.fields'), read.fields.map(({ text }) => pick(text)).join(', ')],
          [t('municipality.reason'), read.reason],
          [t('reads.through'), pluginName],
        ]}
      />
      {!read.action.startsWith('question.') && <AskSchool child={child} event={read.event} asked={asked} />}
    </li>
  );
}
