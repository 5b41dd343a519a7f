import semver from 'semver';
import type { Bundle } from '../bundle/index.ts';
import { error, warning, type Finding } from './check-result.ts';

/** The platform that now runs must be in the range; a range without an end promises what nobody knows. */
export function checkEngines({ manifest }: Bundle, platform: string): Finding[] {
  const range = manifest.engines.digione;
  const where = 'digione.json#/engines/digione';
  if (semver.validRange(range) === null) return [error(`"${range}" is no range of versions.`, where)];
  if (!semver.satisfies(platform, range))
    return [error(`The platform is ${platform}, which "${range}" leaves out.`, where)];
  if (semver.satisfies('9999.0.0', range))
    return [warning(`"${range}" has no end. Name the major versions you have tested.`, where)];
  return [];
}
