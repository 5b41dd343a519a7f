import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Manifest, ManifestSchema } from '@digione/sdk/manifest';
import { refuse } from '../kernel/index.ts';

const isManifest = new Ajv2020({ strict: false }).compile<Manifest>(ManifestSchema);

/** The manifest as read from a bundle's own bytes. */
export function checkManifest(bytes: Buffer): Manifest {
  const manifest = parse(bytes);
  if (isManifest(manifest)) return manifest;
  const where = isManifest.errors?.[0];
  return refuse(
    'bundle-invalid',
    `The bundle's digione.json is not valid at ${where?.instancePath || '/'}: ${where?.message}.`,
  );
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    return refuse('bundle-invalid', "The bundle's digione.json is not JSON.", { cause });
  }
}
