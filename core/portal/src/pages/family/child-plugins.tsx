import { useTranslation } from 'react-i18next';
import type { ChildPlugin, ChildPurpose } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Answered } from '../../look/answered.tsx';
import { Chip } from '../../look/chip.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { Facts } from '../../look/facts.tsx';
import { useWords } from '../../look/use-words.ts';

export function ChildPlugins({ child }: { child: string }) {
  const { t } = useTranslation();
  const plugins = useAnswer<ChildPlugin[]>(`/api/family/children/${child}/plugins`);
  return (
    <section className="stack" aria-labelledby="child-plugins">
      <h2 id="child-plugins">{t('family.plugins')}</h2>
      <p className="quiet">{t('family.pluginsLead')}</p>
      <Answered of={plugins}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('family.pluginsEmpty')} />
          ) : (
            list.map((plugin) => <OnePlugin key={plugin.plugin} plugin={plugin} />)
          )
        }
      </Answered>
    </section>
  );
}

function OnePlugin({ plugin }: { plugin: ChildPlugin }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const words = (purpose: ChildPurpose) =>
    [purpose.elements.map(({ text }) => pick(text)).join(', '), t(`terms.basesLong.${purpose.legalBasis}`)]
      .filter(Boolean)
      .join(' · ');
  return (
    <article className="card">
      <div className="row row-apart">
        <h3>{pick(plugin.name)}</h3>
        {plugin.status !== 'enabled' && <Chip tone="warn">{t('home.stopped')}</Chip>}
      </div>
      {plugin.description && <p>{pick(plugin.description)}</p>}
      <Facts facts={plugin.purposes.map((purpose) => [pick(purpose.text), words(purpose)])} />
    </article>
  );
}
