import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useApi } from '../../api/api-context.ts';
import type { Listed, ReadItem } from '../../api/shapes.ts';
import { useNamed } from '../../look/use-named.ts';
import { useWords } from '../../look/use-words.ts';
import { csvOf } from './csv.ts';

const mostPages = 100;

/** Reads every page of the present choice and saves it as one table. */
export function DownloadReads({ path, name }: { path: string; name: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const named = useNamed();
  const api = useApi();
  const [state, setState] = useState<'idle' | 'busy' | 'done' | 'failed'>('idle');

  async function download(): Promise<void> {
    setState('busy');
    try {
      const items: ReadItem[] = [];
      let next: string | null | undefined;
      for (let page = 0; page === 0 || (next && page < mostPages); page += 1) {
        const answer = await api.get<Listed<ReadItem>>(next ? `${path}&cursor=${encodeURIComponent(next)}` : path);
        items.push(...answer.items);
        next = answer.next;
      }
      const head = [
        t('reads.when'),
        t('reads.who'),
        t('reads.through'),
        t('reads.why'),
        t('reads.fields'),
        t('reads.event'),
      ];
      const rows = items.map((read) => [
        read.at,
        [read.who.name, named(`roles.${read.who.role}`, read.who.role)].filter(Boolean).join(', '),
        read.plugin ?? t('reads.portal'),
        words.pick(read.purposeText),
        read.fields.map(({ text }) => words.pick(text)).join(', '),
        read.event,
      ]);
      save(csvOf([head, ...rows]), `${[t('family.reads'), name].filter(Boolean).join(' - ')}.csv`);
      setState('done');
    } catch {
      // The list on the page shows the refusal itself; here it is enough to say that the download did not succeed.
      setState('failed');
    }
  }
  return (
    <div>
      <Button
        variant="secondaryNoBorder"
        aria-disabled={state === 'busy'}
        onClick={() => state !== 'busy' && void download()}
      >
        {t('reads.download')}
      </Button>
      <p role="status" className="small">
        {state === 'done' && t('reads.downloaded')}
        {state === 'failed' && t('problem.unexpected')}
      </p>
    </div>
  );
}

function save(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: fileName });
  link.click();
  URL.revokeObjectURL(address);
}
