import { setTimeout as delay } from 'node:timers/promises';

/** Looks again until there is something; fails with what it waited for. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await delay(50);
  }
  throw new Error(`Waited in vain for ${what}.`);
}
