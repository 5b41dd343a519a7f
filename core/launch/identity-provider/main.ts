import { readFile } from 'node:fs/promises';
import { liveUntilTold, serverSettings } from '../../kernel/index.ts';
import type { IdentityProviderConfiguration } from './configuration.ts';
import { startIdentityProvider } from './start.ts';

// A process of its own: `node core/launch/identity-provider/main.ts <configuration.json>`.
if (process.env['NODE_ENV'] === 'production')
  throw new Error(
    'The test identity provider lets anybody sign in as anybody. It does not start with NODE_ENV=production.',
  );

const file = process.argv[2];
if (!file) throw new Error('Name the configuration file: main.ts <configuration.json>.');

await serverSettings();
const configuration = JSON.parse(await readFile(file, 'utf8')) as IdentityProviderConfiguration;
const running = await startIdentityProvider(configuration, async () =>
  (await import('../../demo/directory/index.ts')).demoDirectory(),
);
process.send?.({ ready: true, port: running.port, issuer: running.issuer });

liveUntilTold({ close: async () => running[Symbol.asyncDispose]() });
