import { Notice } from '../look/notice.tsx';
import type { ViewOf } from './view-of.ts';

const tones = { info: 'info', success: 'good', warning: 'warn', error: 'bad' } as const;

export function AlertBox({ view: { tone, title, text } }: { view: ViewOf<'alert'> }) {
  return (
    <Notice tone={tones[tone]}>
      {title && (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      <p className="view-text">{text}</p>
    </Notice>
  );
}
