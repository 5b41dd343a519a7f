import type { Tx } from '../db/index.ts';
import type { Clock, Id } from '../kernel/index.ts';
import { mandatesAbout, type StoredMandate } from './mandate-store.ts';

/**
 * What is known of a guardian's right to act for a child: `denied` stands until the service says otherwise, `allowed`
 * only as long as its answer is valid, `unknown` is everything else. `not-used` where no such service is configured.
 */
export type MandateAnswer = 'not-used' | 'allowed' | 'denied' | 'unknown';

/** Answers for every guardian of one child at once. */
export type MandatesOfChild = (guardian: Id) => MandateAnswer;

export async function readMandates(
  tx: Tx,
  about: { municipality: Id; child: Id },
  { clock, isUsed }: { clock: Clock; isUsed: boolean },
): Promise<MandatesOfChild> {
  if (!isUsed) return () => 'not-used';
  const stored = new Map((await mandatesAbout(tx, about)).map((mandate) => [mandate.guardian, mandate]));
  const now = clock.now();
  return (guardian) => answerOf(stored.get(guardian), now);
}

function answerOf(stored: StoredMandate | undefined, now: Date): MandateAnswer {
  if (!stored) return 'unknown';
  if (!stored.allowed) return 'denied';
  return stored.validUntil > now ? 'allowed' : 'unknown';
}
