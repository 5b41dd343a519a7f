import type { ReactNode } from 'react';

export type Fact = readonly [name: string, value: ReactNode];

/** Names and values; those without a value are left out. Compact: a name and its value on one line. */
export function Facts({ facts, shape = 'wide' }: { facts: readonly Fact[]; shape?: 'wide' | 'compact' }) {
  return (
    <dl className={`facts facts-${shape}`}>
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
