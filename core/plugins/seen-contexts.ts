import { nothingSeen, type Seen } from '../capabilities/index.ts';
import type { ContextKey } from '../sandbox/index.ts';

/** What each living context has read so far. A context can keep what it read, so this outlives a single call. */
export interface SeenContexts {
  of(key: ContextKey): Seen;
  /** Ends the context, so that nothing that it has read outlives the request. */
  end(key: ContextKey): Promise<void>;
}

/** Forgetting what a context has read would let it send that out; so a context that is forgotten here is ended first. */
export function createSeenContexts(end: (key: ContextKey) => Promise<void>, kept = 20_000): SeenContexts {
  const contexts = new Map<string, { key: ContextKey; seen: Seen }>();
  return {
    async end(key) {
      await end(key);
      contexts.delete(nameOf(key));
    },
    of(key) {
      const name = nameOf(key);
      const entry = contexts.get(name) ?? { key: { ...key }, seen: nothingSeen() };
      contexts.delete(name); // put back as the newest
      contexts.set(name, entry);
      const [oldest] = contexts;
      if (contexts.size > kept && oldest) {
        contexts.delete(oldest[0]);
        void end(oldest[1].key);
      }
      return entry.seen;
    },
  };
}

function nameOf(key: ContextKey): string {
  return Object.values(key).join(' ');
}
