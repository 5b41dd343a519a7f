import { randomInt } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesOf } from '../../core/db/index.ts';
import { startPlatform, type Platform } from '../../core/launch/platform.ts';
import { databaseUrl, postgresServer, withServer } from './database.ts';
import { personAt, type Person } from './browserless.ts';
import { describedBy, type DescribedCheck } from './described.ts';

export interface RunningPlatform extends AsyncDisposable {
  core: string;
  registry: string;
  pages: string;
  dataFolder: string;
  /** Address of its database with the administrator's role. */
  databaseUrl: string;
  /** The same with the core's application role. */
  coreDatabaseUrl: string;
  /** A new browser in which this demonstration person has signed in. */
  signIn(sub: string, municipality: string, provider: 'mpassid' | 'suomifi' | 'staff'): Promise<Person>;
  /** Sends a signal to one of its server processes. */
  signal(server: 'core' | 'registry' | 'pages' | 'identity', signal: NodeJS.Signals): number;
  /** A browser in which nobody is signed in. */
  stranger(): Person;
}

const quiet = {
  step: <T>(_name: string, work: (tell: (detail: string) => void) => Promise<T>) => work(() => undefined),
  say: () => undefined,
};

/** Everything that `npm start` runs, in its own processes, on free ports, a data folder and a database of this test alone. */
export async function runningPlatform(
  extra: Record<string, string> | ((port: string) => Record<string, string>) = {},
): Promise<RunningPlatform> {
  const template = await startedOnce();
  const dataFolder = mkdtempSync(join(tmpdir(), 'digione-platform-'));
  cpSync(template.dataFolder, dataFolder, { recursive: true });
  const name = `digione_story_${process.pid}_${randomInt(1_000_000)}`;
  await withServer((client) =>
    client.query(`create database ${name} template ${template.database} strategy file_copy`),
  );
  const own = environmentOf(name, dataFolder);
  const platform = await startOnFreePorts((port) => ({
    ...own,
    ...(typeof extra === 'function' ? extra(port) : extra),
  }));
  const { core, registry, pages } = platform.config.addresses;
  const described = await describedBy(core);
  return {
    core,
    registry,
    pages,
    dataFolder,
    databaseUrl: databaseUrl(name),
    coreDatabaseUrl: addressesOf(databaseUrl(name), roles()).coreUrl,
    signal(server, signal) {
      const pid = platform.servers.find(({ name }) => name === server)!.pid()!;
      process.kill(pid, signal);
      return pid;
    },
    stranger: () => personAt(core, 'a stranger', described),
    signIn: (sub, municipality, provider) => signIn({ core, sub, municipality, provider, described }),
    async [Symbol.asyncDispose]() {
      await platform[Symbol.asyncDispose]();
      await withServer((client) => client.query(`drop database if exists ${name} with (force)`));
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

interface Template {
  database: string;
  dataFolder: string;
}

/**
 * What a first start leaves behind, made once for a run of tests: the seeded database and the data folder with the keys,
 * the registry's metadata and the published example. Every platform of the tests is a later start over a copy.
 */
async function startedOnce(): Promise<Template> {
  const folder = process.env['DIGIONE_TEST_FOLDER'];
  if (!folder) throw new Error('Run tests with "npm test -- <file>": it makes the folder that they share.');
  const made = join(folder, 'platform-template.json');
  return withServer(async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('digione platform template'))`);
    if (!existsSync(made)) writeFileSync(made, JSON.stringify(await firstStart(folder)));
    return JSON.parse(readFileSync(made, 'utf8')) as Template;
  });
}

async function firstStart(folder: string): Promise<Template> {
  const template = {
    database: `digione_started_${randomInt(1_000_000)}`,
    dataFolder: mkdtempSync(join(folder, 'data-')),
  };
  await withServer((client) => client.query(`create database ${template.database}`));
  const platform = await startOnFreePorts(() => environmentOf(template.database, template.dataFolder));
  await platform[Symbol.asyncDispose]();
  return template;
}

function environmentOf(database: string, dataFolder: string): Record<string, string | undefined> {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl(database),
    DIGIONE_DATA_DIR: dataFolder,
    DIGIONE_PORTAL_DIST: join(process.env['DIGIONE_TEST_FOLDER'] ?? tmpdir(), 'portal'),
    DIGIONE_LOG_LEVEL: 'info',
  };
}

/** Copies of one database keep its grants: all have the roles of the first. */
const roles = () => ({ roleStem: 'digione_started', secret: postgresServer() });

/** Below the ports that systems give to outgoing connections. Another test may take a port between the look and the start: then other ports are tried. */
async function startOnFreePorts(
  environmentAt: (port: string) => Record<string, string | undefined>,
): Promise<Platform> {
  for (let attempt = 1; ; attempt += 1) {
    const PORT = String(randomInt(2_500, 8_000) * 4);
    try {
      return await startPlatform({
        environment: { ...environmentAt(PORT), PORT },
        progress: quiet,
        onRestart: () => undefined,
        roles: roles(),
      });
    } catch (error) {
      if (attempt >= 5 || !/is taken/.test((error as Error).message)) throw error;
    }
  }
}

interface SignIn {
  core: string;
  sub: string;
  municipality: string;
  provider: string;
  described: DescribedCheck;
}

/** As a person does it: to the provider, pick the name, back to the portal. */
async function signIn({ core, sub, municipality, provider, described }: SignIn): Promise<Person> {
  const person = personAt(core, sub, described);
  const page = await person.open(
    `${core}/auth/sign-in?municipality=${municipality}&provider=${provider}-${municipality}&returnTo=/`,
  );
  if (page.status !== 200 || !page.text.includes(`value="${sub}"`))
    throw new Error(`${sub} is not on the sign-in page ${page.url}: ${page.status} ${page.text.slice(0, 300)}`);
  const back = await person.open(page.url, { sub });
  if (!back.url.startsWith(core))
    throw new Error(`${sub} did not come back to the portal but to ${back.url}: ${back.text.slice(0, 300)}`);
  return person;
}
