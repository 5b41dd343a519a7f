import type { ReactNode } from 'react';

export function Chip({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'good' | 'warn' | 'bad' | 'plain';
  children: ReactNode;
}) {
  return <span className={`chip chip-${tone}`}>{children}</span>;
}
