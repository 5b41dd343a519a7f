import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, TextInput } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { Chip } from '../../look/chip.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { Facts } from '../../look/facts.tsx';
import { Notice } from '../../look/notice.tsx';
import { useElementText } from '../../look/use-element-text.ts';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';

interface ProcessorNotice {
  id: string;
  plugin: string;
  host: string;
  reason: string;
  elements: string[];
  subject: string;
  dueAt: string;
  deliveredAt: string | null;
  acknowledgedAt: string | null;
  note: string | null;
  late: boolean;
}

interface Processors {
  suspended: string[];
  notices: ProcessorNotice[];
}

/** Which outside services owe an acknowledgement, and which get nothing more until they give it. */
export function ProcessorsPage() {
  const { t } = useTranslation();
  const processors = useAnswer<Processors>('/api/officer/processors');
  return (
    <Page title={t('watching.title')} lead={t('watching.lead')}>
      <Answered of={processors}>
        {({ suspended, notices }) => (
          <div className="stack stack-large">
            {suspended.map((host) => (
              <Notice key={host} tone="bad">
                <p>{t('watching.suspended', { host })}</p>
              </Notice>
            ))}
            {notices.length === 0 ? (
              <EmptyState title={t('watching.none')} icon="check" />
            ) : (
              <ul className="plain stack">
                {notices.map((one) => (
                  <li key={one.id} className="card stack">
                    <OneNotice notice={one} changed={processors.reload} />
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
      </Answered>
    </Page>
  );
}

function OneNotice({ notice, changed }: { notice: ProcessorNotice; changed: () => void }) {
  const { t } = useTranslation();
  const { date, moment } = useWords();
  const named = useNamed();
  const elementText = useElementText();
  const { host, plugin, reason, elements, subject, dueAt, deliveredAt, acknowledgedAt, late } = notice;
  const state = acknowledgedAt
    ? t('watching.acknowledged', { date: date(acknowledgedAt) })
    : t(deliveredAt ? 'watching.delivered' : 'watching.waiting');
  return (
    <>
      <div className="row row-apart">
        <h2 id={notice.id}>{host}</h2>
        <span className="row">
          <Chip tone={acknowledgedAt ? 'good' : 'warn'}>{state}</Chip>
          {late && <Chip tone="bad">{t('watching.late')}</Chip>}
        </span>
      </div>
      <p className="quiet">{plugin}</p>
      <Facts
        facts={[
          [t('watching.why'), named(`watching.reasons.${reason}`, reason)],
          [t('watching.fields'), elements.map(elementText).join(', ')],
          [t('watching.subject'), subject],
          [t('watching.due'), moment(dueAt)],
        ]}
      />
      {notice.note && <p>{notice.note}</p>}
      {!acknowledgedAt && <NoteByHand id={notice.id} changed={changed} />}
    </>
  );
}

function NoteByHand({ id, changed }: { id: string; changed: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note') ?? '').trim();
    if (note !== '' && (await act.run(`/api/officer/processors/notices/${id}/acknowledged`, { note }))) changed();
  }
  return (
    <form className="stack" aria-labelledby={id} onSubmit={(event) => void submit(event)}>
      <TextInput name="note" labelText={t('watching.note')} fullWidth />
      <div>
        <Button type="submit" variant="secondary" aria-disabled={act.busy}>
          {t('watching.noteIt')}
        </Button>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
    </form>
  );
}
