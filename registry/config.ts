import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ToldSettings } from '@digione/core/kernel';

export interface RegistryConfig {
  databaseUrl: string;
  host: string;
  port: number;
  /** Keys and trust anchor. */
  folder: string;
  /** Files are read when they are needed, so that no secret lies in a settings object. */
  adminSecretFile: string;
  serviceKeyFile: string;
  logLevel: string;
  /** Bundled form of the sandbox worker's program. */
  workerProgram: string | undefined;
  /** Version of the platform that bundles are checked against. */
  platform: string;
}

/** Settings of the registry's process; their meanings are in the README's table. */
export function readRegistryConfig(environment: ToldSettings): RegistryConfig {
  const databaseUrl = environment['DIGIONE_REGISTRY_DATABASE'];
  if (!databaseUrl)
    throw new Error('DIGIONE_REGISTRY_DATABASE is missing: the registry connects with a role of its own.');
  const data = resolve(environment['DIGIONE_DATA_DIR'] || '.digione');
  return Object.freeze({
    databaseUrl,
    host: environment['DIGIONE_HOST'] || '127.0.0.1',
    port: corePort(environment['PORT'] || '8080') + 1,
    folder: join(data, 'registry'),
    adminSecretFile: join(data, 'secrets', 'registry-bootstrap.key'),
    serviceKeyFile: join(data, 'secrets', 'service.pub.pem'),
    logLevel: environment['DIGIONE_LOG_LEVEL'] || 'info',
    workerProgram:
      environment['DIGIONE_PROGRAMS'] && join(environment['DIGIONE_PROGRAMS'], 'core/sandbox/worker/main.mjs'),
    platform: platformVersion(),
  });
}

function corePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_534)
    throw new Error(`PORT is "${text}", which is no port number.`);
  return port;
}

function platformVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}
