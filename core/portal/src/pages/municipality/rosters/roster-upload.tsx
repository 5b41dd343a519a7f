import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useApi } from '../../../api/api-context.ts';
import type { Problem } from '../../../api/problem.ts';
import { asProblem } from '../../../api/use-answer.ts';
import { ErrorState } from '../../../look/error-state.tsx';
import { Notice } from '../../../look/notice.tsx';

/** Sends a file and has it checked at once: to load it is another decision. */
export function RosterUpload({ replaces, sent }: { replaces: boolean; sent: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const [file, setFile] = useState<File>();
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const missing = tried && !file;

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!file || sending) return;
    const form = event.currentTarget;
    setSending(true);
    setProblem(undefined);
    try {
      const { id } = await api.upload<{ id: string }>('/api/municipality/rosters', file);
      await api.post(`/api/municipality/rosters/${id}/check`);
      form.reset();
      setFile(undefined);
      setTried(false);
    } catch (cause) {
      setProblem(asProblem(cause));
    } finally {
      setSending(false);
      sent();
    }
  }
  return (
    <form className="card stack" aria-labelledby="send-roster" noValidate onSubmit={(event) => void send(event)}>
      <h2 id="send-roster">{t('rosters.send')}</h2>
      <div className="stack stack-small">
        <label htmlFor="roster-file">{t('rosters.file')}</label>
        <p id="roster-file-hint" className="quiet">
          {t('rosters.fileHint')} {replaces && t('rosters.replace')}
        </p>
        <input
          id="roster-file"
          className="roster-file"
          type="file"
          accept=".zip,application/zip"
          aria-describedby={missing ? 'roster-file-hint roster-file-missing' : 'roster-file-hint'}
          aria-invalid={missing}
          onChange={(event) => setFile(event.target.files?.[0])}
        />
        {missing && (
          <p id="roster-file-missing" className="roster-missing" role="alert">
            {t('rosters.fileMissing')}
          </p>
        )}
      </div>
      {sending && (
        <Notice announce>
          <p>{t('rosters.sending')}</p>
        </Notice>
      )}
      {problem && <ErrorState problem={problem} />}
      <div>
        <Button type="submit" aria-disabled={sending}>
          {t('rosters.send')}
        </Button>
      </div>
    </form>
  );
}
