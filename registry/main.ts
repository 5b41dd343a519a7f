import { readFile } from 'node:fs/promises';
import { createLog, liveUntilTold, serverSettings, systemClock } from '@digione/core/kernel';
import { createSandbox } from '@digione/core/sandbox';
import { readRegistryConfig } from './config.ts';
import { readServiceKeys } from './review/index.ts';
import { startRegistry } from './service.ts';
import { createStartInSandbox } from './checks/index.ts';

/** The registry's process. */
const config = readRegistryConfig(await serverSettings());
const log = createLog({ name: 'registry', level: config.logLevel });
const registry = await startRegistry({
  ...config,
  adminSecret: (await readFile(config.adminSecretFile, 'utf8')).trim(),
  serviceKeys: async () => readServiceKeys(await readFile(config.serviceKeyFile, 'utf8')),
  startInSandbox: createStartInSandbox(() =>
    createSandbox({ workers: 1, spares: 0, log, program: config.workerProgram }),
  ),
  clock: systemClock(),
  log,
});
log.info({ port: registry.port }, 'the registry is ready');
process.send?.({ ready: true });

liveUntilTold({
  close: async () => registry[Symbol.asyncDispose](),
  onEnd: (why) => log.info({ why }, 'the registry ends'),
});
