import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { numberSetting, setting, type Environment } from './settings.ts';

/** Addresses of the four servers as browsers and the other servers see them. */
export interface Addresses {
  /** What the servers listen on. */
  host: string;
  /** Where this machine reaches them: `host`, or the loopback address when that is any. */
  local: string;
  corePort: number;
  registryPort: number;
  pagesPort: number;
  identityPort: number;
  core: string;
  registry: string;
  pages: string;
  identity: string;
}

/** Settings that the start command and every process share. */
export interface CommonConfig {
  addresses: Addresses;
  dataFolder: string;
  /** Pinned school date, undefined for the calendar's. */
  today: string | undefined;
  logLevel: string;
}

/** Keys of the core: apart from the settings, and unprintable as KeyObjects are. */
export interface Secrets {
  /** HMAC-SHA-256 key of national identifiers. */
  identifiers: KeyObject;
  /** HMAC-SHA-256 key of pairwise pseudonyms. */
  pseudonyms: KeyObject;
  /** AES-256-GCM key of the municipalities' plugin secrets. */
  vault: KeyObject;
  /** Ed25519 key of checkpoints and receipts. */
  audit: KeyObject;
  /** P-256 key of service tokens (ES256). */
  service: KeyObject;
}

export interface CoreConfig extends CommonConfig {
  databaseUrl: string;
  trustRoot: string;
  providersFile: string;
  /** Undefined: no witnesses, and no logs to witness. */
  witnessesFile: string | undefined;
  portalDist: string;
  /** Where letters go; undefined: nowhere, messages stay in the inbox. */
  mail: { url: string; from: string } | undefined;
  workers: number;
  callsPerSecond: number;
  /** Of one plugin in one municipality. */
  rowsPerMinute: number;
  /** The sandbox worker's bundled program; undefined: its source. */
  workerProgram: string | undefined;
  /** Host and port of GET /metrics; empty for none. */
  metrics: string;
  secrets: Secrets;
}

export function readCommonConfig(environment: Environment): CommonConfig {
  const today = environment['DIGIONE_TODAY'] === '' ? undefined : setting(environment, 'DIGIONE_TODAY');
  if (today !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(today))
    throw new Error(`DIGIONE_TODAY is "${today}"; it takes a date such as 2026-11-24, or nothing.`);
  return Object.freeze({
    addresses: readAddresses(environment),
    dataFolder: resolve(setting(environment, 'DIGIONE_DATA_DIR')),
    today,
    logLevel: setting(environment, 'DIGIONE_LOG_LEVEL'),
  });
}

function readAddresses(environment: Environment): Addresses {
  const host = setting(environment, 'DIGIONE_HOST');
  const corePort = numberSetting(environment, 'PORT', [1, 65_532]);
  const local = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  // Browsers keep passkeys for names only, so that the loopback address has its name there.
  const shown = local === '127.0.0.1' ? 'localhost' : local;
  const origin = (name: string, offset: number) => `http://${name}:${corePort + offset}`;
  return Object.freeze({
    host,
    local,
    corePort,
    registryPort: corePort + 1,
    pagesPort: corePort + 2,
    identityPort: corePort + 3,
    core: setting(environment, 'DIGIONE_PUBLIC_ORIGIN') || origin(shown, 0),
    registry: setting(environment, 'DIGIONE_REGISTRY_URL') || origin(local, 1),
    pages: setting(environment, 'DIGIONE_PAGES_ORIGIN') || origin(shown, 2),
    identity: origin(shown, 3),
  });
}

/** Everything the core needs, checked, grouped, frozen. */
export function readCoreConfig(environment: Environment): CoreConfig {
  const common = readCommonConfig(environment);
  const databaseUrl = setting(environment, 'DIGIONE_CORE_DATABASE');
  if (!databaseUrl)
    throw new Error(
      'DIGIONE_CORE_DATABASE is missing. "npm start" sets it; see the README for running the parts apart.',
    );
  const inData = (...names: string[]) => join(common.dataFolder, ...names);
  return Object.freeze({
    ...common,
    databaseUrl,
    trustRoot: setting(environment, 'DIGIONE_TRUST_ROOT') || inData('registry', 'root.json'),
    providersFile: setting(environment, 'DIGIONE_PROVIDERS') || inData('providers.json'),
    witnessesFile: setting(environment, 'DIGIONE_WITNESSES') || undefined,
    portalDist: setting(environment, 'DIGIONE_PORTAL_DIST') || inData('portal'),
    mail: readMail(environment),
    workers: numberSetting(environment, 'DIGIONE_WORKERS', [1, 64]),
    metrics: setting(environment, 'DIGIONE_METRICS'),
    callsPerSecond: numberSetting(environment, 'DIGIONE_CALLS_PER_SECOND', [1, 1_000_000]),
    rowsPerMinute: numberSetting(environment, 'DIGIONE_ROWS_PER_MINUTE', [1, 1_000_000_000]),
    workerProgram: programPath(environment, 'core/sandbox/worker/main.ts'),
    secrets: readSecrets(inData('secrets')),
  });
}

/** The bundled form of a program; undefined where the sources run. */
export function programPath(environment: Environment, source: string): string | undefined {
  const programs = setting(environment, 'DIGIONE_PROGRAMS');
  return programs ? join(programs, source.replace(/\.ts$/, '.mjs')) : undefined;
}

function readMail(environment: Environment): CoreConfig['mail'] {
  const url = setting(environment, 'DIGIONE_SMTP_URL');
  if (url === '') return undefined;
  if (!/^smtps?:\/\//.test(url)) throw new Error('DIGIONE_SMTP_URL begins with smtp:// or smtps://.');
  return Object.freeze({ url, from: setting(environment, 'DIGIONE_MAIL_FROM') });
}

function readSecrets(folder: string): Secrets {
  const symmetric = (name: string) =>
    createSecretKey(Buffer.from(readFileSync(join(folder, name), 'utf8').trim(), 'base64'));
  const signing = (name: string) => createPrivateKey(readFileSync(join(folder, name)));
  return Object.freeze({
    identifiers: symmetric('identifiers.key'),
    pseudonyms: symmetric('pseudonyms.key'),
    vault: symmetric('vault.key'),
    audit: signing('audit.pem'),
    service: signing('service.pem'),
  });
}
