import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Textarea } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { ErrorState } from '../../look/error-state.tsx';

interface WrittenFormProps {
  path: string;
  label: string;
  send: string;
  longest: number;
  bodyOf: (text: string) => object;
  done: () => void;
}

/** One text to write and send: a question or an answer. */
export function WrittenForm({ path, label, send, longest, bodyOf, done }: WrittenFormProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const missing = tried && text.trim().length < 3;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (text.trim().length < 3 || act.busy) return;
    if (await act.run(path, bodyOf(text.trim()))) done();
  }
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <Textarea
        labelText={label}
        maxLength={longest}
        fullWidth
        status={missing ? 'error' : 'default'}
        statusText={missing ? t('common.required') : ''}
        onChange={(event) => setText(event.target.value)}
      />
      <div>
        <Button type="submit" variant="secondary" aria-disabled={act.busy}>
          {send}
        </Button>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
    </form>
  );
}
