import { type RefObject, useEffect, useRef } from 'react';
import { type FocusGuard, guardFocus } from './focus-guard.ts';

/** Guards the keyboard focus for as long as the frame stands. */
export function useFocusGuard(
  frame: RefObject<HTMLIFrameElement | null>,
  flooded: () => void,
): RefObject<FocusGuard | undefined> {
  const guard = useRef<FocusGuard>(undefined);
  const latest = useRef(flooded);
  latest.current = flooded;

  useEffect(() => {
    if (!frame.current) return undefined;
    const made = guardFocus({
      frame: frame.current,
      now: () => performance.now(),
      flooded: () => latest.current(),
    });
    guard.current = made;
    return () => {
      made.close();
      guard.current = undefined;
    };
  }, [frame]);

  return guard;
}
