import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Manifest, manifestSchema } from '@digione/sdk/manifest';
import { refuse } from '../kernel/index.ts';

const ajv = new Ajv2020({ allErrors: false, strict: false });
addFormats.default(ajv);
const isManifest = ajv.compile<Manifest>(manifestSchema);

/** The manifest as read from a bundle's own bytes. */
export function checkManifest(bytes: Buffer): Manifest {
  const manifest = parse(bytes);
  if (isManifest(manifest)) return manifest;
  const where = isManifest.errors?.[0];
  return refuse('bundle-invalid', `The bundle's digione.json is not valid at ${where?.instancePath || '/'}: ${where?.message}.`);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    return refuse('bundle-invalid', "The bundle's digione.json is not JSON.", { cause });
  }
}
