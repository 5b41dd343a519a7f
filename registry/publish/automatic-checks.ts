import type { Database, Tx } from '@digione/core/db';
import type { Clock } from '@digione/core/kernel';
import semver from 'semver';
import { readBundle } from '../bundle/index.ts';
import { passes, runChecks, type CheckOptions, type CheckResult } from '../checks/index.ts';
import { diffTerms } from '../terms/index.ts';
import type { Trust } from '../trust/index.ts';
import { approve } from './approve.ts';
import { insertReport } from './check-report-store.ts';
import { moveRelease } from './move-release.ts';
import { forerunnerOf } from './newest-listed.ts';
import { bytesOf, lockRelease, releasesOf, type Release } from './release-store.ts';
import { similarNames } from './similar-names.ts';

export interface CheckingDeps extends CheckOptions {
  database: Database;
  clock: Clock;
  trust: Trust;
}

const registry = { kind: 'system', id: 'registry' } as const;

/** Checks an uploaded version and moves it on: to a human, back to its vendor, or through when nothing of its data terms changed. */
export async function checkRelease(
  deps: CheckingDeps,
  { plugin, version }: Pick<Release, 'plugin' | 'version'>,
): Promise<void> {
  const bytes = await begin(deps, plugin, version);
  if (!bytes) return;
  const results = await runChecks(await readBundle(bytes), deps);
  const at = deps.clock.now();
  await deps.database.global(async (tx) => {
    const release = await lockRelease(tx, plugin, version);
    if (release?.state !== 'checking') return;
    await insertReport(tx, release, { at, results });
    await moveOn(tx, release, { deps, results, at });
  });
}

/** The bytes to check; undefined when the version is past its checks. */
async function begin({ database, clock }: CheckingDeps, plugin: string, version: string): Promise<Buffer | undefined> {
  return database.global(async (tx) => {
    const release = await lockRelease(tx, plugin, version);
    if (release?.state === 'uploaded')
      await moveRelease(tx, release, { to: 'checking', actor: registry, reason: 'checks-started', at: clock.now() });
    else if (release?.state !== 'checking') return undefined;
    return bytesOf(tx, release.digest);
  });
}

interface Outcome {
  deps: CheckingDeps;
  results: CheckResult[];
  at: Date;
}

async function moveOn(tx: Tx, release: Release, { deps, results, at }: Outcome): Promise<void> {
  const move = { actor: registry, at };
  if (!passes(results)) {
    const failed = [
      ...new Set(results.filter(({ ok, severity }) => !ok && severity === 'error').map(({ check }) => check)),
    ];
    await moveRelease(tx, release, {
      ...move,
      to: 'changes-requested',
      reason: 'checks-failed',
      evidence: { checks: failed },
    });
    return;
  }
  const similar = release.lane === 'new' ? await similarNames(tx, release.plugin) : [];
  if (similar.length > 0) {
    await moveRelease(tx, release, { ...move, to: 'held', reason: 'similar-name', evidence: { similar } });
  } else if (await isDataNeutralPatch(tx, release)) {
    await approve(tx, release, { actor: registry, reason: 'data-neutral-patch', evidence: {}, at, trust: deps.trust });
  } else {
    await moveRelease(tx, release, { ...move, to: 'in-review', reason: 'checks-passed' });
  }
}

/** A third number raised and not one word of the data terms changed. */
async function isDataNeutralPatch(tx: Tx, release: Release): Promise<boolean> {
  const before = forerunnerOf(release, await releasesOf(tx, release.plugin));
  if (before?.state !== 'published' || semver.diff(before.version, release.version) !== 'patch') return false;
  return diffTerms(before.manifest, release.manifest).length === 0;
}
