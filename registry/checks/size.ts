import type { Bundle } from '../bundle/index.ts';
import { error, type Finding } from './check-result.ts';

const kB = 1000;

/** Largest sizes in bytes, unpacked. */
export const sizeLimits = { backend: 512 * kB, page: 2_000 * kB, locales: 300 * kB, whole: 5_000 * kB } as const;

/** Small bundles start fast on a school's old laptop. */
export function checkSize({ files }: Bundle): Finding[] {
  const sizeOf = (prefix: string) =>
    [...files].filter(([path]) => path.startsWith(prefix)).reduce((sum, [, bytes]) => sum + bytes.length, 0);
  const parts = [
    { name: 'backend.js', size: sizeOf('backend.js'), limit: sizeLimits.backend },
    { name: 'ui/', size: sizeOf('ui/'), limit: sizeLimits.page },
    { name: 'locales/', size: sizeOf('locales/'), limit: sizeLimits.locales },
    { name: 'the bundle', size: sizeOf(''), limit: sizeLimits.whole },
  ];
  return parts
    .filter(({ size, limit }) => size > limit)
    .map(({ name, size, limit }) => error(`${name} has ${size} bytes unpacked; at most ${limit} are allowed.`, name));
}
