import type { Clock, Log } from '../kernel/index.ts';
import { refuse, Refusal } from '../kernel/index.ts';
import type { BundleStore } from './bundle-store.ts';
import { admitBundle, bundleLimits } from './open-bundle.ts';
import { listReleases } from './registry-index.ts';
import type { RegistryHttp } from './registry-http.ts';
import type { KnownRelease, ReleaseStore } from './release-store.ts';
import type { SignedTarget } from './signed-target.ts';
import type { TrustClient, TrustedView } from './trust-client.ts';

export interface MirrorDeps {
  trust: TrustClient;
  http: RegistryHttp;
  releases: ReleaseStore;
  bundles: BundleStore;
  clock: Clock;
  log: Log;
  /** Called for each version that the registry has killed since the last look. */
  onKilled(release: { plugin: string; version: string; reason: string }): Promise<void>;
}

/** What a run brought. `complete` is false when some bundle could not be fetched or was refused. */
export interface MirrorRun {
  metadataVersion: number;
  complete: boolean;
}

const runnable: ReadonlySet<SignedTarget['state']> = new Set(['approved', 'staged', 'published', 'deprecated']);

/** Brings releases and bundles to what the newest signed metadata says. Refuses when that can't be had. */
export async function mirror(deps: MirrorDeps, last?: MirrorRun): Promise<MirrorRun> {
  const view = await deps.trust.refresh();
  const nothingNew = last?.complete === true && last.metadataVersion === view.version;
  const run = nothingNew ? last : await follow(deps, view);
  await deps.releases.recordTrust({ version: view.version, refreshedAt: deps.clock.now(), expiresAt: view.expiresAt });
  return run;
}

async function follow(deps: MirrorDeps, view: TrustedView): Promise<MirrorRun> {
  const known = await deps.releases.known();
  const targets = await signedTargets(deps, view, known);
  await deps.releases.record(targets, view.version);
  await tellKilled(deps, known, targets);
  const complete = await fetchMissing(deps, targets, known);
  return { metadataVersion: view.version, complete };
}

/** The registry's list only says which names to ask for; what is true about them comes from the signed metadata. */
async function signedTargets(deps: MirrorDeps, view: TrustedView, known: KnownRelease[]): Promise<SignedTarget[]> {
  const listed = await listReleases(deps.http, deps.log);
  const names = new Map(
    [...known, ...listed].map(({ plugin, version }) => [`${plugin}@${version}`, { plugin, version }]),
  );
  const targets: SignedTarget[] = [];
  for (const { plugin, version } of names.values()) {
    const target = await tolerate(deps.log, () => view.target(plugin, version));
    if (target) targets.push(target);
  }
  return targets;
}

async function tellKilled(deps: MirrorDeps, known: KnownRelease[], targets: SignedTarget[]): Promise<void> {
  const before = new Set(known.filter((release) => release.revoked).map(({ digest }) => digest));
  for (const { plugin, version, digest, revoked } of targets) {
    if (revoked?.strength !== 'kill' || before.has(digest)) continue;
    await deps.onKilled({ plugin, version, reason: revoked.reason });
  }
}

async function fetchMissing(deps: MirrorDeps, targets: SignedTarget[], known: KnownRelease[]): Promise<boolean> {
  const held = new Set(known.filter((release) => release.held).map(({ digest }) => digest));
  let complete = true;
  for (const target of targets) {
    if (held.has(target.digest) || !runnable.has(target.state) || target.revoked?.strength === 'kill') continue;
    const fetched = await tolerate(deps.log, () => fetchOne(deps, target));
    complete &&= fetched === true;
  }
  return complete;
}

async function fetchOne({ http, bundles, clock }: MirrorDeps, target: SignedTarget): Promise<true> {
  const { plugin, version, digest, size } = target;
  const limit = Math.min(size, bundleLimits.packed);
  const { status, bytes } = await http.ask(`/v1/bundles/sha256/${digest}`, { limit });
  if (status !== 200)
    refuse(
      'registry-unavailable',
      `The registry answered ${status} when asked for the bundle of ${plugin} ${version}.`,
    );
  const manifest = await admitBundle(bytes, digest);
  const speaksOfItself = manifest.id === plugin && manifest.version === version;
  if (!speaksOfItself)
    refuse(
      'bundle-invalid',
      `The bundle of ${plugin} ${version} holds the manifest of ${manifest.id} ${manifest.version}.`,
    );
  await bundles.put({ plugin, version, digest, manifest, bytes, verifiedAt: clock.now() });
  return true;
}

/** One vendor's spoiled bundle must not keep the others from arriving. */
async function tolerate<T>(log: Log, step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn({ code: error.code, error: error.message }, 'a release of the registry was left out');
    return undefined;
  }
}
