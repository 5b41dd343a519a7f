import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api/use-act.ts';
import type { ConsentDecision, ConsentView } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import { ConsentButtons } from './consent-buttons.tsx';
import { ConsentQuestion } from './consent-question.tsx';
import { isOpen, offeredDecisions } from './consent-states.ts';

interface ConsentCardProps {
  child: string;
  consent: ConsentView;
  changed: () => void;
}

/** One question, its plain text, its present state, and one press to give and one to withdraw. */
export function ConsentCard({ child, consent, changed }: ConsentCardProps) {
  const { t } = useTranslation();
  const { pick, date } = useWords();
  const act = useAct();
  const heading = useId();
  const named = useNamed();
  const said = outcome(consent);
  const offered = offeredDecisions(consent);
  async function decide(decision: ConsentDecision): Promise<void> {
    const { plugin, purpose, notice } = consent;
    // Kept with the answer: which text was shown, where, and in which order the buttons stood.
    const shown = { notice: notice.hash, page: 'family/consents', buttons: offered };
    if (await act.run(`/api/family/children/${child}/consents`, { plugin, purpose, decision, ...shown })) changed();
  }
  return (
    <article className="card consent" aria-labelledby={heading}>
      <div className="row row-apart">
        <h3 id={heading}>{t('consent.question', { name: pick(consent.name) })}</h3>
        <Chip tone={consent.valid ? 'good' : isOpen(consent) ? 'warn' : 'plain'}>
          {named(`consent.states.${consent.state}`, consent.state)}
        </Chip>
      </div>
      <ConsentQuestion consent={consent} />
      <div role="status">{said && <p>{t(`consent.${said}`)}</p>}</div>
      {consent.state === 'ConsentRequested' && consent.diff?.kind === 'material' && (
        <Notice tone="warn">
          {t('consentLife.changed', {
            what: consent.diff.changes
              .filter(({ kind }) => kind === 'material')
              .map(({ field }) => named(`consentLife.fields.${field}`, field))
              .join(', '),
          })}
        </Notice>
      )}
      {consent.quietUntil && (
        <p className="small quiet">{t('consentLife.quiet', { date: date(consent.quietUntil) })}</p>
      )}
      {consent.mandate && <Notice tone="warn">{t(`consent.mandate.${consent.mandate}`)}</Notice>}
      {consent.mayDecide ? (
        <ConsentButtons offered={offered} busy={act.busy} decide={(decision) => void decide(decision)} />
      ) : (
        !consent.mandate && <Notice>{t('consent.notYours')}</Notice>
      )}
      {act.problem && act.problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={act.problem} />}
    </article>
  );
}

function outcome(consent: ConsentView): 'given' | 'withdrawn' | 'refused' | 'disputed' | undefined {
  if (consent.valid) return 'given';
  if (consent.state === 'ConsentWithdrawn') return 'withdrawn';
  if (consent.state === 'ConsentRefused') return 'refused';
  return consent.state === 'Disputed' ? 'disputed' : undefined;
}
