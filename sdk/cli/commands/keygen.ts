import { createPublicKey } from 'node:crypto';
import { resolve } from 'node:path';
import { keyIdOf } from '@digione/registry/bundle';
import { type Command, textOf } from '../command.ts';
import { misuse } from '../failure.ts';
import { openPluginFolder } from '../plugin-folder.ts';
import { defaultKeyPath, makeKey } from '../vendor-key.ts';

export const keygen: Command = {
  summary: "make a vendor's signing key, once",
  help: `Makes an Ed25519 key with which "digione publish" signs bundles. The private half stays in a file that only you can read;
the public half is printed: give it to the registry as a key of your vendor. Keep a copy of the file in a safe place.`,
  options: {
    vendor: { type: 'string', value: 'NAME', help: 'whose key; by default the vendor of digione.json' },
    key: { type: 'string', value: 'FILE', help: 'where to put it; by default the keys folder of your settings' },
  },
  async run({ values, surroundings: { folder, configFolder, terminal } }) {
    const vendor = textOf(values, 'vendor') ?? (await openPluginFolder(folder)).manifest.id.split('/')[0] ?? '';
    if (!/^[a-z][a-z0-9-]{1,38}$/.test(vendor))
      misuse(`"${vendor}" is not the name of a vendor: small letters, digits and hyphens.`);
    const path = resolve(folder, textOf(values, 'key') ?? defaultKeyPath(configFolder, vendor));
    const key = await makeKey(path);
    terminal.note(`The private key is in ${path}.`);
    terminal.say(`key id ${keyIdOf(key)}`);
    terminal.say(String(createPublicKey(key).export({ type: 'spki', format: 'pem' })).trimEnd());
  },
};
