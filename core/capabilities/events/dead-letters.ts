import type { Database } from '../../db/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Clock, type Id, refuse } from '../../kernel/index.ts';
import { deadLetters, reviveLetter } from './event-store.ts';

export interface LettersDeps {
  database: Database;
  clock: Clock;
}

/** What the administrator sees of events that could not be delivered: which, where, why; never what was in them. */
export async function listLetters({ database }: LettersDeps, { municipality }: Actor, plugin: string) {
  const letters = await database.inTenant(municipality.id, (tx) => deadLetters(tx, municipality.id, plugin));
  return letters.map(({ plugin: _, publishedAt, ...letter }) => ({
    ...letter,
    publishedAt: publishedAt.toISOString(),
  }));
}

export async function retryLetter(
  { database, clock }: LettersDeps,
  { municipality }: Actor,
  letter: { plugin: string; event: Id },
): Promise<void> {
  const again = { ...letter, now: clock.now() };
  const revived = await database.inTenant(municipality.id, (tx) => reviveLetter(tx, municipality.id, again));
  if (!revived) refuse('not-found', 'There is no such undelivered event.');
}
