import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../core/db/index.ts';
import { story } from '../../core/demo/index.ts';
import { until } from '../stories/until.ts';
import { type RunningPlatform, runningPlatform } from '../support/platform.ts';
import type { Person } from '../support/browserless.ts';

export const benchPlugin = 'demo-vendor/bench';
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The smallest backend that answers by itself, and the smallest that asks one door. */
const backend = `import { definePlugin, type Context } from '@digione/sdk/backend';
const hello = async ({ name }: { name: string }) => ({ hello: name });
const classes = async (_: unknown, context: Context) => context.education.classes();
const students = async ({ class: id }: { class: string }, context: Context) => context.education.students({ class: id });
export default definePlugin({ calls: { hello, classes, students } });
`;

const teaching = {
  purpose: 'class-list',
  legalBasis: 'public-task',
  retentionDays: 0,
  necessity: 'The teacher must know the class.',
};
const elements = [
  { ...teaching, element: 'classes.title' },
  { ...teaching, element: 'students.givenName' },
  { ...teaching, element: 'students.familyName' },
  { ...teaching, purpose: 'class-notes', element: 'storage.notes', legalBasis: 'consent', retentionDays: 365 },
];

/** What a browser sends with each request of a signed-in person. */
export type SessionHeaders = Record<string, string>;

export interface PluginBench extends AsyncDisposable {
  platform: RunningPlatform;
  teachers: SessionHeaders[];
  /** Of `teachers[0]`, as the plugin sees it and as the database does. */
  class: { pseudonym: string; municipality: string; id: string };
}

/** Everything that `npm start` runs, with one more plugin published, approved, agreed and enabled as any other. */
export async function pluginBench(teacherCount: number): Promise<PluginBench> {
  const folder = mkdtempSync(join(tmpdir(), 'digione-bench-'));
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), database: 'bench' });
  process.env['DIGIONE_TEST_POSTGRES'] = server.url;
  process.env['DIGIONE_TEST_FOLDER'] = folder;
  // The load comes from few persons: their rate limit is not what is measured.
  const platform = await runningPlatform({
    DIGIONE_CALLS_PER_SECOND: '100000',
    DIGIONE_ROWS_PER_MINUTE: '1000000000',
    DIGIONE_LOG_LEVEL: 'error',
  });
  await publish(platform, folder);
  await approveAndEnable(platform);
  const teachers = await signInTeachers(platform, teacherCount);
  return {
    platform,
    teachers: teachers.map(({ headers }) => headers),
    class: await classOf(teachers[0]!.person),
    async [Symbol.asyncDispose]() {
      await platform[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function publish(platform: RunningPlatform, folder: string): Promise<void> {
  const source = join(folder, 'bench');
  cpSync(here('../../examples/hello-class'), source, { recursive: true, filter: (path) => !path.includes('/test') });
  symlinkSync(here('../../node_modules'), join(folder, 'node_modules'));
  const manifest = JSON.parse(readFileSync(join(source, 'digione.json'), 'utf8')) as Record<string, unknown>;
  manifest['id'] = benchPlugin;
  (manifest['surfaces'] as { tiles: unknown[] }).tiles = [];
  writeFileSync(join(source, 'digione.json'), JSON.stringify(manifest));
  writeFileSync(join(source, 'backend.ts'), backend);
  const bundle = join(folder, 'bench.digione');
  await digione(source, ['build', '--out', bundle]);
  const key = join(platform.dataFolder, 'demo-vendor', 'vendor.key');
  const secret = readFileSync(join(platform.dataFolder, 'secrets', 'registry-bootstrap.key'), 'utf8').trim();
  const issued = await fetch(`${platform.registry}/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ vendor: 'demo-vendor', scopes: ['publish'], lifetimeSeconds: 600 }),
  });
  const { token } = (await issued.json()) as { token: string };
  await digione(source, ['publish', '--bundle', bundle, '--registry', platform.registry, '--key', key], token);
}

async function digione(cwd: string, args: string[], token = ''): Promise<void> {
  const child = spawn(process.execPath, [here('../../sdk/cli/digione.mjs'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'], DIGIONE_TOKEN: token },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`"digione ${args[0]}" failed: ${said.trim()}`);
}

async function approveAndEnable(platform: RunningPlatform): Promise<void> {
  const reviewer = await platform.signIn(story.reviewer.sub, '000', 'staff');
  await until('the plugin in the queue', async () => {
    const { body } = await reviewer.api<{ items: { plugin: string; state: string }[] }>('GET', '/api/review/queue');
    return body.items?.find(({ plugin, state }) => plugin === benchPlugin && state === 'in-review');
  });
  const decision = { decision: 'approve', reason: 'It is the plugin of the benches.' };
  await must(reviewer, `/api/review/${benchPlugin}/1.0.0/decision`, decision);
  const administrator = await platform.signIn(story.administrator.sub, '092', 'staff');
  await until('the plugin in the catalogue', async () => {
    const { body } = await administrator.api<{ items: { plugin: string }[] }>('GET', '/api/catalogue');
    return body.items?.some(({ plugin }) => plugin === benchPlugin);
  });
  await must(administrator, '/api/municipality/agreements', { plugin: benchPlugin, version: '1.0.0', elements });
  await must(administrator, '/api/municipality/enablements', { plugin: benchPlugin, school: story.school.id });
}

async function must(person: Person, path: string, body: unknown): Promise<void> {
  const { status, body: answer } = await person.api('POST', path, body);
  if (status >= 300) throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`);
}

async function signInTeachers(platform: RunningPlatform, count: number) {
  const teachers: { person: Person; headers: SessionHeaders }[] = [];
  for (const name of [story.teacher.sub, ...(await teacherNames(platform))].slice(0, count)) {
    const person =
      name === story.teacher.sub ? await platform.signIn(name, '092', 'mpassid') : await signInByName(platform, name);
    const { body } = await person.api<{ csrf: string }>('GET', '/api/session');
    teachers.push({
      person,
      headers: { cookie: person.cookieHeader(), 'x-csrf-token': body.csrf, 'content-type': 'application/json' },
    });
  }
  return teachers;
}

/** User names of other teachers of the school. */
async function teacherNames({ databaseUrl }: RunningPlatform): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ email: string }>(
    `select distinct p.email from core.person p join core.enrollment e on e.municipality_id = p.municipality_id and e.person_id = p.id
     where e.role = 'teacher' and e.school_id = $1 and p.id <> $2 and p.email is not null order by p.email`,
    [story.school.id, story.teacher.personId],
  );
  await client.end();
  return rows.map(({ email }) => email);
}

async function signInByName(platform: RunningPlatform, username: string): Promise<Person> {
  const person = platform.stranger();
  const start = `${platform.core}/auth/sign-in?municipality=092&provider=mpassid-092&returnTo=/`;
  const { url } = await person.open(start);
  const back = await person.open(url, { username });
  if (!back.url.startsWith(platform.core)) throw new Error(`${username} could not sign in: ${back.url}`);
  return person;
}

async function classOf(teacher: Person): Promise<PluginBench['class']> {
  const { body } = await teacher.api<{ value: { classes: { id: string; title: string }[] } }>(
    'POST',
    `/api/plugins/${benchPlugin}/call`,
    { method: 'classes', argument: {} },
  );
  const own = body.value?.classes.find(({ title }) => title === story.class.title);
  if (own === undefined) throw new Error(`The teacher has no class ${story.class.title}: ${JSON.stringify(body)}`);
  return { pseudonym: own.id, municipality: story.municipality.id, id: story.class.id };
}
