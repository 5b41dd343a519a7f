import type { Bundle } from '../bundle/index.ts';
import { error, warning, type Finding } from './check-result.ts';

/** Bounded everywhere: a page of spaces must not hold the checks up. */
const outside = /\b(?:src|href|action|srcset|poster)\s{0,20}=\s{0,20}["']?(?:https?:)?\/\/[^\s"'>]{1,200}/i;

/** Every page has its file, and asks nothing of the network: inside the portal it would not load. */
export function checkSurfaces({ manifest, files }: Bundle): Finding[] {
  return manifest.surfaces.pages.flatMap(({ id, entry }, index) => {
    const bytes = files.get(entry);
    if (!bytes)
      return [
        error(
          `The page "${id}" names ${entry}, which is not in the bundle.`,
          `digione.json#/surfaces/pages/${index}/entry`,
        ),
      ];
    const found = outside.exec(Buffer.from(bytes).toString('utf8'));
    return found
      ? [warning(`The page names an address outside the bundle, which will not load: ${found[0].slice(0, 80)}`, entry)]
      : [];
  });
}
