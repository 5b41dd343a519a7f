import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Updater } from 'tuf-js';
import type { Log } from '../kernel/index.ts';
import { refuse } from '../kernel/index.ts';
import { checkTarget, type SignedTarget } from './signed-target.ts';

/** One verified state of the registry: everything in it carries the registry's signatures. */
export interface TrustedView {
  /** Version of the snapshot: only grows. */
  version: number;
  expiresAt: Date;
  target(plugin: string, version: string): Promise<SignedTarget | undefined>;
}

export interface TrustClientOptions {
  /** Base address of the registry. */
  url: string;
  /** File with the first trusted root; given by the operator, never fetched. */
  trustedRoot: string;
  /** Folder of this node's own metadata cache. */
  cacheDir: string;
  timeoutMs: number;
  log: Log;
}

export interface TrustClient {
  /** Fetches and verifies the newest metadata (TUF client workflow, §5 of the specification). */
  refresh(): Promise<TrustedView>;
}

const metadataBytes = 10_000_000;

export function createTrustClient(options: TrustClientOptions): TrustClient {
  const { cacheDir, trustedRoot, log } = options;
  return {
    async refresh() {
      await pinRoot(cacheDir, trustedRoot);
      const updater = createUpdater(options);
      try {
        await updater.refresh();
      } catch (cause) {
        log.warn({ error: String(cause) }, 'the metadata of the registry could not be refreshed');
        refuse('registry-unavailable', 'The registry did not answer with metadata that this installation can trust.', {
          cause,
        });
      }
      return view(updater, cacheDir);
    },
  };
}

function createUpdater({ url, cacheDir, timeoutMs }: TrustClientOptions): Updater {
  return new Updater({
    metadataDir: cacheDir,
    metadataBaseUrl: `${url}/v1/trust`,
    config: {
      fetchTimeout: timeoutMs,
      fetchRetries: 0,
      rootMaxLength: 1_000_000,
      timestampMaxLength: 100_000,
      snapshotMaxLength: metadataBytes,
      targetsMaxLength: metadataBytes,
    },
  });
}

/** The first start copies the trusted root; from then on each new root is signed by the one before it. */
async function pinRoot(cacheDir: string, trustedRoot: string): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  const cached = join(cacheDir, 'root.json');
  if (await isJson(cached)) return;
  await rm(cacheDir, { recursive: true });
  await mkdir(cacheDir, { recursive: true });
  await copyFile(trustedRoot, cached);
}

async function isJson(path: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(path, 'utf8'));
    return true;
  } catch {
    return false; // absent, or cut off by a crash: the pinned root starts it anew
  }
}

async function view(updater: Updater, cacheDir: string): Promise<TrustedView> {
  const [snapshot, timestamp] = await Promise.all([
    signedPart(cacheDir, 'snapshot'),
    signedPart(cacheDir, 'timestamp'),
  ]);
  return {
    version: snapshot.version,
    expiresAt: new Date(timestamp.expires),
    async target(plugin, version) {
      const target = await updater.getTargetInfo(`${plugin}/${version}.digione`);
      return target && checkTarget(target, { plugin, version });
    },
  };
}

/** The updater writes a file only after it verified it, so this reads what was just verified. */
async function signedPart(cacheDir: string, role: string): Promise<{ version: number; expires: string }> {
  const file = await readFile(join(cacheDir, `${role}.json`), 'utf8');
  return (JSON.parse(file) as { signed: { version: number; expires: string } }).signed;
}
