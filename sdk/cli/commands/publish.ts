import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Bundle, encodeEnvelope, readBundle, signEnvelope } from '@digione/registry/bundle';
import { type Call, type Command, textOf } from '../command.ts';
import { fail } from '../failure.ts';
import { registryAddress } from '../registry-client/address.ts';
import { ask, type RegistryAnswer } from '../registry-client/request.ts';
import { readToken } from '../token.ts';
import { defaultKeyPath, readKey } from '../vendor-key.ts';
import { buildHere } from './build.ts';

interface Package {
  readonly bytes: Uint8Array;
  readonly bundle: Bundle;
}

export const publish: Command = {
  summary: 'sign the bundle and send it to the registry',
  help: `Builds the plugin, signs the bundle with your vendor's key and sends it. The registry then checks it, and a person reviews it:
"digione status" tells how far it is. A version is published once and for ever; sending the same bytes again does no harm.
The token comes from --token-file, from DIGIONE_TOKEN or from the file "token" of your settings.`,
  options: {
    bundle: { type: 'string', value: 'FILE', help: 'send this bundle instead of building one' },
    key: { type: 'string', value: 'FILE', help: 'the signing key' },
    'token-file': { type: 'string', value: 'FILE', help: 'file with the publish token' },
    registry: { type: 'string', value: 'URL', help: 'the registry; by default DIGIONE_REGISTRY or the local one' },
  },
  async run(call) {
    const { values, surroundings } = call;
    const registry = registryAddress(textOf(values, 'registry') ?? surroundings.registry);
    const token = await readToken(textOf(values, 'token-file'), surroundings);
    const { bytes, bundle } = await packageOf(call);
    const envelope = await sign(call, bundle);
    const { id, version } = bundle.manifest;
    const answer = await ask(registry, {
      method: 'PUT',
      path: `/v1/plugins/${id}/${version}`,
      headers: { authorization: `Bearer ${token}`, 'digione-envelope': envelope },
      body: bytes,
      sent: (part) => surroundings.terminal.progress('Sending', part),
    });
    tell(call, bundle, answer);
  },
};

async function packageOf({ values, surroundings }: Call): Promise<Package> {
  const file = textOf(values, 'bundle');
  if (!file) return buildHere(surroundings);
  const bytes = await readFile(resolve(surroundings.folder, file)).catch((error: NodeJS.ErrnoException) =>
    fail(`${file} can not be read (${error.code}).`),
  );
  return { bytes, bundle: await readBundle(bytes) };
}

async function sign(
  { values, surroundings: { folder, configFolder } }: Call,
  { manifest, digest, size }: Bundle,
): Promise<string> {
  const vendor = manifest.id.slice(0, manifest.id.indexOf('/'));
  const key = await readKey(resolve(folder, textOf(values, 'key') ?? defaultKeyPath(configFolder, vendor)));
  return encodeEnvelope(signEnvelope({ plugin: manifest.id, version: manifest.version, sha256: digest, size }, key));
}

function tell(
  { surroundings: { terminal } }: Call,
  { manifest, digest }: Bundle,
  { status, body }: RegistryAnswer,
): void {
  if (body.digest !== undefined && body.digest !== digest)
    fail(`The registry says that it holds other bytes (sha256 ${String(body.digest)}).`);
  terminal.say(`${manifest.id} ${manifest.version} is ${String(body.state ?? 'received')}.`);
  terminal.note(
    status === 200
      ? 'The registry had these bytes already.'
      : 'The registry has it. "digione status" tells how far it is.',
  );
}
