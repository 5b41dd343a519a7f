import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Textarea, TextInput } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import './rights.css';
import type { PlanLine, RequestDetail } from './rights-shapes.ts';

const keyOf = ({ source, plugin, purpose }: PlanLine) => `${source} ${plugin} ${purpose}`;

/** The officer's word, with reasons; of an erasure source by source, where the rules leave a choice. */
export function DecideForm({ of, decided }: { of: RequestDetail; decided: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [reasons, setReasons] = useState('');
  const [declined, setDeclined] = useState<Record<string, string>>({});
  const [tried, setTried] = useState(false);
  const missing = tried && reasons.trim().length < 3;

  async function decide(outcome: 'accepted' | 'declined'): Promise<void> {
    setTried(true);
    if (reasons.trim().length < 3 || act.busy) return;
    const choices = of.plan
      .filter((line) => keyOf(line) in declined)
      .map((line) => ({
        source: line.source,
        plugin: line.plugin,
        purpose: line.purpose,
        choice: 'decline',
        reason: declined[keyOf(line)],
      }));
    const chosen = of.kind === 'erasure' && outcome === 'accepted' ? { choices } : {};
    if (await act.run(`/api/officer/requests/${of.id}/decide`, { outcome, reasons: reasons.trim(), ...chosen }))
      decided();
  }
  return (
    <form
      className="stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void decide('accepted');
      }}
    >
      {of.plan.length > 0 && <Plan lines={of.plan} declined={declined} decline={setDeclined} />}
      <Textarea
        labelText={t('rights.officer.reasons')}
        maxLength={4000}
        fullWidth
        status={missing ? 'error' : 'default'}
        statusText={missing ? t('common.required') : ''}
        onChange={(event) => setReasons(event.target.value)}
      />
      <div className="row">
        <Button type="submit" aria-disabled={act.busy}>
          {t('rights.officer.accept')}
        </Button>
        <Button variant="secondary" aria-disabled={act.busy} onClick={() => void decide('declined')}>
          {t('rights.officer.refuse')}
        </Button>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
    </form>
  );
}

interface PlanProps {
  lines: readonly PlanLine[];
  declined: Record<string, string>;
  decline: (next: Record<string, string>) => void;
}

function Plan({ lines, declined, decline }: PlanProps) {
  const { t } = useTranslation();
  const { pick, date } = useWords();
  const named = useNamed();
  function toggle(key: string): void {
    const { [key]: was, ...rest } = declined;
    decline(was === undefined ? { ...declined, [key]: '' } : rest);
  }
  return (
    <fieldset className="stack card">
      <legend>
        <strong>{t('rights.officer.plan')}</strong>
      </legend>
      {lines.map((line) => {
        const key = keyOf(line);
        const name = [pick(line.text), line.plugin, line.purpose].filter(Boolean).join(' · ');
        return (
          <div key={key} className="stack stack-small">
            <p>
              <strong>{name}</strong> ({line.rows}): {named(`rights.choices.${line.proposal}`, line.proposal)}
              {line.proposal === 'retain' && line.dueOn && ` – ${t('rights.line.until', { date: date(line.dueOn) })}`}
              <br />
              <span className="small quiet">{pick(line.ruleText)}</span>
            </p>
            {line.proposal === 'erase' && (
              <label className="row">
                <input type="checkbox" checked={key in declined} onChange={() => toggle(key)} />
                <span>
                  {t('rights.officer.decline')}
                  <span className="hidden-text">: {name}</span>
                </span>
              </label>
            )}
            {key in declined && (
              <TextInput
                labelText={t('rights.officer.declineReason', { source: name })}
                fullWidth
                onChange={(next) => decline({ ...declined, [key]: String(next ?? '') })}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
