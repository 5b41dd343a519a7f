import { refuse } from '../kernel/index.ts';
import type { BundleStore } from './bundle-store.ts';
import { type OpenBundle, openBundle } from './open-bundle.ts';

/** Opened bundles by digest: the bytes come from the database and are checked against the digest each time they are opened. */
export interface RunningBundles {
  open(digest: string): Promise<OpenBundle>;
  /** The plugin's backend as text. */
  source(digest: string): Promise<string>;
}

/** Keeps the most recently used bundles, at most `budget` bytes of files. */
export function createRunningBundles(bundles: BundleStore, budget = 100_000_000): RunningBundles {
  const opened = new Map<string, Promise<OpenBundle>>();
  const sizes = new Map<string, number>();

  async function load(digest: string): Promise<OpenBundle> {
    const bytes = await bundles.bytes(digest);
    if (!bytes) refuse('not-found', 'This installation holds no such bundle.');
    const bundle = await openBundle(bytes, digest);
    sizes.set(digest, sizeOf(bundle));
    trim();
    return bundle;
  }

  function trim(): void {
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const digest of opened.keys()) {
      if (total <= budget || opened.size === 1) return;
      total -= sizes.get(digest) ?? 0;
      sizes.delete(digest);
      opened.delete(digest);
    }
  }

  function open(digest: string): Promise<OpenBundle> {
    const known = opened.get(digest);
    const bundle = known ?? load(digest);
    opened.delete(digest); // put back as the newest
    opened.set(digest, bundle);
    bundle.catch(() => opened.delete(digest));
    return bundle;
  }

  return {
    open,
    source: async (digest) => (await open(digest)).files.get('backend.js')?.toString('utf8') ?? '',
  };
}

function sizeOf({ files }: OpenBundle): number {
  return [...files.values()].reduce((sum, { length }) => sum + length, 0);
}
