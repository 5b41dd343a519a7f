import test from 'ava';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const start = fileURLToPath(new URL('../../../core/launch/start.ts', import.meta.url));
const portal = join(process.env['DIGIONE_TEST_FOLDER'] ?? tmpdir(), 'portal');

interface Run {
  process: ChildProcess;
  said: () => string;
  /** Resolves when the words were said; rejects when the run ends first. */
  says(words: RegExp): Promise<void>;
  ended: Promise<number | null>;
}

/** `npm start` as a process of its own, on its own embedded PostgreSQL. */
function run(dataFolder: string, port: number): Run {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--no-node-snapshot', start], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      DIGIONE_DATA_DIR: dataFolder,
      PORT: String(port),
      DIGIONE_PORTAL_DIST: portal,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let look: () => void = () => undefined;
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    look();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = (words: RegExp) =>
    new Promise<void>((resolve, reject) => {
      look = () => words.test(said) && resolve();
      look();
      ended.then(() => reject(new Error(`The run ended before it said ${words}: ${said}`)));
    });
  return { process: child, said: () => said, says, ended };
}

function freshFolder(mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), 'digione-start-'));
  chmodSync(folder, mode);
  return folder;
}

const somePort = () => randomInt(2_500, 8_000) * 4;

async function endsCleanly({ process: child, ended }: Run): Promise<number | null> {
  child.kill('SIGTERM');
  return ended;
}

test('a start killed at any moment hinders no later one, and SIGTERM leaves no process behind', async (t) => {
  t.timeout(400_000);
  const folder = freshFolder();
  const port = somePort();
  try {
    const first = run(folder, port);
    await first.says(/✓ PostgreSQL/);
    first.process.kill('SIGKILL');
    await first.ended;

    const second = run(folder, port);
    await second.says(/Ready after/);
    second.process.kill('SIGKILL');
    await second.ended;

    const third = run(folder, port);
    await third.says(/Ready after/);
    t.notRegex(third.said(), /First plugin/, 'what the second start had published is still there');
    const doubled = run(folder, port + 4);
    t.is(await doubled.ended, 1);
    t.regex(doubled.said(), /already runs over/);
    t.true((await fetch(`http://127.0.0.1:${port}/healthz`)).ok);
    t.is(await endsCleanly(third), 0);
    t.deepEqual(processesOver(folder), []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a taken port is named, with the way out, and nothing is left running', async (t) => {
  const folder = freshFolder();
  const port = somePort();
  const occupant = createServer().listen(port + 1, '127.0.0.1');
  try {
    const refused = run(folder, port);
    t.is(await refused.ended, 1);
    t.regex(refused.said(), new RegExp(`Port ${port + 1} \\(registry\\) is taken.*PORT=`));
    t.false(existsSync(join(folder, 'run.pid')));
  } finally {
    occupant.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a server of DATABASE_URL that can not be reached is named without its password', async (t) => {
  const folder = freshFolder();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', start], {
    env: {
      ...process.env,
      DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x',
      DIGIONE_DATA_DIR: folder,
      PORT: String(somePort()),
      DIGIONE_PORTAL_DIST: portal,
    },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  t.is(await new Promise((resolve) => child.once('close', resolve)), 1);
  t.regex(said, /DATABASE_URL \(127\.0\.0\.1:1\)/);
  t.notRegex(said, /hunter2/);
  rmSync(folder, { recursive: true, force: true });
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot(
  'as root, over a folder that other users can not enter, the cluster lives where its user can reach it and the screen says so',
  async (t) => {
    t.timeout(400_000);
    const closed = freshFolder(0o700);
    mkdirSync(join(closed, 'data'), { recursive: true });
    const running = run(join(closed, 'data'), somePort());
    try {
      await running.says(/Ready after/);
      t.regex(running.said(), /Cluster +\/var\/tmp\/digione-[0-9a-f]{16}/);
      t.is(await endsCleanly(running), 0);
    } finally {
      const cluster = /Cluster +(\/var\/tmp\/digione-[0-9a-f]{16})/.exec(running.said())?.[1];
      for (const folder of [closed, cluster]) if (folder) rmSync(folder, { recursive: true, force: true });
    }
  },
);

/** Processes whose command line or environment names the folder (Linux; elsewhere none can be told). */
function processesOver(folder: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => ['cmdline', 'environ'].some((file) => read(`/proc/${pid}/${file}`).includes(folder)));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process ended while we looked.
    return '';
  }
}
