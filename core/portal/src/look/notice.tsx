import type { ReactNode } from 'react';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

export function Notice({
  tone = 'info',
  announce = false,
  children,
}: {
  tone?: Tone;
  announce?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={`notice notice-${tone}`} role={announce ? 'status' : undefined}>
      {children}
    </div>
  );
}
