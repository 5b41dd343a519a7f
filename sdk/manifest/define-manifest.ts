import type { Manifest } from './schema.ts';

/**
 * Gives an editor the type of `digione.json` for a manifest that is written as code (in tests and generators). It checks nothing at
 * run time: `validateManifest` does, from the bytes.
 */
export function defineManifest<const M extends Manifest>(manifest: M): M {
  return manifest;
}
