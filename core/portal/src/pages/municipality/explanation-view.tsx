import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../api/use-answer.ts';
import type { Explanation } from '../../api/viewer-shapes.ts';
import { Answered } from '../../look/answered.tsx';
import { Chip } from '../../look/chip.tsx';
import { Notice } from '../../look/notice.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';

/** Field by field: shown and on which basis, or not and why. */
export function ExplanationView({ path }: { path: string }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const named = useNamed();
  const answer = useAnswer<Explanation>(path);
  return (
    <section className="stack" aria-labelledby="explanation">
      <h2 id="explanation">{t('explain.answer')}</h2>
      <Answered of={answer}>
        {({ visible, refused, fields }) => (
          <>
            <Notice {...(visible ? {} : { tone: 'warn' as const })} announce>
              <p>{refused ? pick(refused.say) : t(visible ? 'explain.visible' : 'explain.notVisible')}</p>
            </Notice>
            <ul className="plain stack">
              {fields.map((field) => (
                <li key={`${field.purpose} ${field.element}`} className="card read">
                  <div className="row row-apart">
                    <strong>{pick(field.text)}</strong>
                    <Chip tone={field.allow ? 'good' : 'warn'}>
                      {t(field.allow ? 'explain.shown' : 'explain.notShown')}
                    </Chip>
                  </div>
                  <p className="quiet">{field.purpose}</p>
                  <p>{field.allow ? named(`terms.basesLong.${field.because}`, field.because) : pick(field.say)}</p>
                </li>
              ))}
            </ul>
          </>
        )}
      </Answered>
    </section>
  );
}
