import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, TextInput } from 'suomifi-ui-components';
import { useApi } from '../../../api/api-context.ts';
import type { Problem } from '../../../api/problem.ts';
import { asProblem } from '../../../api/use-answer.ts';
import { ErrorState } from '../../../look/error-state.tsx';
import { Notice } from '../../../look/notice.tsx';
import { MergePreviewBox, type MergePreview } from './merge-preview-box.tsx';

const path = '/api/municipality/persons/merge';

/** Two learner numbers become one learner: first a look at what would move, then the act with its reason. */
export function MergeForm() {
  const { t } = useTranslation();
  const api = useApi();
  const [looked, setLooked] = useState<{ kept: string; merged: string; preview: MergePreview }>();
  const [state, setState] = useState<{ busy?: boolean; done?: boolean; problem?: Problem }>({});
  async function run(work: () => Promise<void>, done = false): Promise<void> {
    if (state.busy) return;
    setState({ busy: true });
    try {
      await work();
      setState({ done });
    } catch (cause) {
      setState({ problem: asProblem(cause) });
    }
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    const numbers = { kept: text('kept'), merged: text('merged') };
    const isSame = looked?.kept === numbers.kept && looked.merged === numbers.merged;
    if (!isSame) {
      setLooked(undefined);
      void run(async () =>
        setLooked({ ...numbers, preview: await api.post<MergePreview>(`${path}-preview`, numbers) }),
      );
      return;
    }
    void run(async () => {
      await api.post(path, { ...numbers, reason: text('reason') });
      setLooked(undefined);
    }, true);
  }
  return (
    <section className="stack" aria-labelledby="merge">
      <div>
        <h2 id="merge">{t('merging.title')}</h2>
        <p className="quiet">{t('merging.lead')}</p>
      </div>
      <form
        className="stack roster-fields"
        aria-labelledby="merge"
        onSubmit={submit}
        onChange={({ target }) => {
          if ((target as unknown as HTMLInputElement).name !== 'reason') setLooked(undefined);
        }}
      >
        <TextInput name="kept" labelText={t('merging.kept')} hintText={t('merging.numberHint')} fullWidth />
        <TextInput name="merged" labelText={t('merging.merged')} fullWidth />
        {looked && <MergePreviewBox preview={looked.preview} />}
        {looked && (
          <TextInput name="reason" labelText={t('merging.reason')} hintText={t('merging.reasonHint')} fullWidth />
        )}
        {state.done && (
          <Notice tone="good" announce>
            <p>{t('merging.done')}</p>
          </Notice>
        )}
        {state.problem && <ErrorState problem={state.problem} />}
        <div>
          <Button type="submit" variant={looked ? 'default' : 'secondary'} aria-disabled={state.busy === true}>
            {t(looked ? 'merging.merge' : 'merging.look')}
          </Button>
        </div>
      </form>
    </section>
  );
}
