import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Textarea, TextInput } from 'suomifi-ui-components';
import { useApi } from '../../api/api-context.ts';
import type { Problem } from '../../api/problem.ts';
import { asProblem } from '../../api/use-answer.ts';
import { ErrorState } from '../../look/error-state.tsx';
import { Notice } from '../../look/notice.tsx';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import { correctable, type RequestKind, requestKinds } from './rights-shapes.ts';

/** Correction, erasure, restriction or objection, in the person's own words. */
export function AskForm({ child, sent }: { child: string; sent: () => void }) {
  const { t } = useTranslation();
  const { date } = useWords();
  const api = useApi();
  const named = useNamed();
  const [kind, setKind] = useState<RequestKind>('rectification');
  const [element, setElement] = useState('');
  const [tried, setTried] = useState(false);
  const [wish, setWish] = useState('');
  const [value, setValue] = useState('');
  const [round, setRound] = useState(0);
  const [dueOn, setDueOn] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const corrects = kind === 'rectification' && element !== '';
  const missing = tried && wish.trim().length < 3;
  const missingValue = tried && corrects && value.trim() === '';

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    setProblem(undefined);
    if (wish.trim().length < 3 || (corrects && value.trim() === '')) return;
    const body = { kind, wish: wish.trim(), ...(corrects && { element, value: value.trim() }) };
    try {
      const asked = await api.post<{ dueOn: string }>(`/api/family/children/${child}/requests`, body);
      setDueOn(asked.dueOn);
      setTried(false);
      setWish('');
      setValue('');
      setRound((last) => last + 1);
      sent();
    } catch (cause) {
      setProblem(asProblem(cause));
    }
  }
  return (
    <section className="stack" aria-labelledby="ask-right">
      <h3 id="ask-right">{t('rights.family.ask')}</h3>
      <form className="stack card" aria-labelledby="ask-right" onSubmit={(event) => void submit(event)}>
        <label className="choice">
          <span>{t('rights.family.kind')}</span>
          <select value={kind} onChange={(event) => setKind(event.target.value as RequestKind)}>
            {requestKinds.map((one) => (
              <option key={one} value={one}>
                {t(`rights.kinds.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <p className="small quiet">{t(`rights.kindHelp.${kind}`)}</p>
        {kind === 'rectification' && (
          <label className="choice">
            <span>{t('rights.family.element')}</span>
            <select value={element} onChange={(event) => setElement(event.target.value)}>
              <option value="">{t('rights.family.elementOther')}</option>
              {correctable.map((one) => (
                <option key={one} value={one}>
                  {named(`elements.${one}`, one)}
                </option>
              ))}
            </select>
          </label>
        )}
        {corrects && (
          <TextInput
            key={`value ${round}`}
            labelText={t('rights.family.value')}
            fullWidth
            status={missingValue ? 'error' : 'default'}
            statusText={missingValue ? t('common.required') : ''}
            onChange={(next) => setValue(String(next ?? ''))}
          />
        )}
        <Textarea
          key={`wish ${round}`}
          labelText={t('rights.family.wish')}
          hintText={t('rights.family.wishHint')}
          maxLength={2000}
          fullWidth
          status={missing ? 'error' : 'default'}
          statusText={missing ? t('common.required') : ''}
          onChange={(event) => setWish(event.target.value)}
        />
        <div>
          <Button type="submit" variant="secondary">
            {t('rights.family.send')}
          </Button>
        </div>
        {dueOn && (
          <Notice tone="good" announce>
            <p>{t('rights.family.sent', { date: date(dueOn) })}</p>
          </Notice>
        )}
        {problem && problem.code !== 'fresh-sign-in-needed' && <ErrorState problem={problem} />}
      </form>
    </section>
  );
}
