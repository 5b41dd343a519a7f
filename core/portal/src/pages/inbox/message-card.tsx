import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { Chip } from '../../look/chip.tsx';
import { useWords } from '../../look/use-words.ts';
import type { Message } from './inbox-shapes.ts';

interface MessageCardProps {
  message: Message;
  busy: boolean;
  markRead: () => void;
}

export function MessageCard({ message, busy, markRead }: MessageCardProps) {
  const { t } = useTranslation();
  const { moment } = useWords();
  const { title, text, plugin, at, read } = message;
  return (
    <li className="card stack">
      <div className="row row-apart">
        <h3>{title}</h3>
        {!read && <Chip tone="warn">{t('inbox.new')}</Chip>}
      </div>
      <p className="measure">{text}</p>
      <p className="small quiet">{`${plugin} · ${moment(at)}`}</p>
      {!read && (
        <div>
          <Button
            variant="secondary"
            aria-disabled={busy}
            aria-label={`${t('inbox.markRead')}: ${title}`}
            onClick={markRead}
          >
            {t('inbox.markRead')}
          </Button>
        </div>
      )}
    </li>
  );
}
