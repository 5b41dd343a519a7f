import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPlatform, type Platform } from '../../core/launch/platform.ts';
import { databaseUrl, withServer } from './database.ts';
import { personAt, type Person } from './browserless.ts';
import { describedBy, type DescribedCheck } from './described.ts';

export interface RunningPlatform extends AsyncDisposable {
  core: string;
  registry: string;
  pages: string;
  dataFolder: string;
  /** Address of its database with the administrator's role. */
  databaseUrl: string;
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
export async function runningPlatform(extra: Record<string, string> = {}): Promise<RunningPlatform> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'digione-platform-'));
  const name = `digione_story_${process.pid}_${randomInt(1_000_000)}`;
  await withServer((client) => client.query(`create database ${name}`));
  const platform = await startOnFreePorts({
    ...process.env,
    DATABASE_URL: databaseUrl(name),
    DIGIONE_DATA_DIR: dataFolder,
    DIGIONE_PORTAL_DIST: join(process.env['DIGIONE_TEST_FOLDER'] ?? tmpdir(), 'portal'),
    DIGIONE_LOG_LEVEL: 'info',
    ...extra,
  });
  const { core, registry, pages } = platform.config.addresses;
  const described = await describedBy(core);
  return {
    core,
    registry,
    pages,
    dataFolder,
    databaseUrl: databaseUrl(name),
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
      for (const role of ['owner', 'core', 'registry'])
        await withServer((client) => client.query(`drop role if exists ${name}_${role}`));
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Below the ports that systems give to outgoing connections. Another test may take a port between the look and the start: then other ports are tried. */
async function startOnFreePorts(environment: Record<string, string | undefined>): Promise<Platform> {
  for (let attempt = 1; ; attempt += 1) {
    const PORT = String(randomInt(2_500, 8_000) * 4);
    try {
      return await startPlatform({
        environment: { ...environment, PORT },
        progress: quiet,
        onRestart: () => undefined,
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
