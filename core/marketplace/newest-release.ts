import semver from 'semver';
import type { Agreement } from './agreement-store.ts';
import { type HeldRelease, isOffered } from './held-release-store.ts';

/** The newest offered version whose data terms one of the agreements covers. */
export function newestUnder<A extends Pick<Agreement, 'consentMajor'>>(
  agreements: A[],
  releases: HeldRelease[],
): { agreement: A; release: HeldRelease } | undefined {
  for (const release of newestFirst(releases.filter(isOffered))) {
    const agreement = agreements.find(({ consentMajor }) => consentMajor === release.consentMajor);
    if (agreement) return { agreement, release };
  }
  return undefined;
}

export function newestFirst<R extends { version: string }>(releases: R[]): R[] {
  return [...releases].sort((one, other) => semver.rcompare(one.version, other.version));
}
