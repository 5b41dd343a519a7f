import { type Manifest, validateManifest } from '@digione/sdk/manifest';
import { refuse } from '../kernel/index.ts';

/** The manifest as read from a bundle's own bytes, by the rules that its author and the registry checked it with. */
export function checkManifest(bytes: Buffer): Manifest {
  const checked = validateManifest(bytes);
  if (checked.ok) return checked.manifest;
  const [first] = checked.problems;
  return refuse(
    'bundle-invalid',
    `The bundle's digione.json is not valid at ${first?.pointer || '/'}: ${first?.message}`,
  );
}
