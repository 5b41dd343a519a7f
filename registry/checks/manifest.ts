import { validateManifest } from '@digione/sdk/manifest';
import type { Bundle } from '../bundle/index.ts';
import { error, type Finding } from './check-result.ts';

/** The manifest as its bytes say it. */
export function checkManifest({ manifestBytes }: Bundle): Finding[] {
  const checked = validateManifest(manifestBytes);
  if (checked.ok) return [];
  return checked.problems.map(({ message, pointer, line }) => error(message, `digione.json:${line}#${pointer}`));
}
