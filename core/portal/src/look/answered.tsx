import type { ReactNode } from 'react';
import type { LiveAnswer } from '../api/use-answer.ts';
import { ErrorState } from './error-state.tsx';
import { WaitingState } from './waiting-state.tsx';

/** Shows an answer of the API in its three states. */
export function Answered<T>({ of, children }: { of: LiveAnswer<T>; children: (value: T) => ReactNode }) {
  if (of.state === 'loading') return <WaitingState />;
  if (of.state === 'failed') return <ErrorState problem={of.problem} retry={of.reload} />;
  return children(of.value);
}
