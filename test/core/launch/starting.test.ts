import test from 'ava';
import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const start = join(root, 'core/launch/start.ts');
const portal = join(process.env['DIGIONE_TEST_FOLDER'] ?? tmpdir(), 'portal');

interface Run {
  process: ChildProcess;
  said: () => string;
  /** Resolves when the words were said; rejects when the run ends first. */
  says(words: RegExp): Promise<void>;
  ended: Promise<number | null>;
}

/** What `npm start` runs, on its own embedded PostgreSQL. */
function run(dataFolder: string, port: number): Run {
  return heard(
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', start], {
      env: environmentOf(dataFolder, port),
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/** `npm start` itself, in the repository's folder. */
function runByNpm(dataFolder: string, port: number): Run {
  return heard(
    spawn('npm', ['start'], { cwd: root, env: environmentOf(dataFolder, port), stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}

function environmentOf(dataFolder: string, port: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: '',
    DIGIONE_DATA_DIR: dataFolder,
    PORT: String(port),
    DIGIONE_PORTAL_DIST: portal,
  };
}

function heard(child: ChildProcessByStdio<null, Readable, Readable>): Run {
  let said = '';
  let look: () => void = () => undefined;
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    look();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const closed = new Promise((resolve) => child.once('close', resolve));
  const says = (words: RegExp) =>
    new Promise<void>((resolve, reject) => {
      look = () => words.test(said) && resolve();
      look();
      closed.then(() => reject(new Error(`The run ended before it said ${words}: ${said}`)));
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

test.serial(
  'a start killed at any moment hinders no later one; ended through npm, by SIGTERM or SIGKILL, nothing stays behind',
  async (t) => {
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

      const third = runByNpm(folder, port);
      await third.says(/Ready after/);
      t.notRegex(third.said(), /First plugin/, 'what the second start had published is still there');
      const doubled = run(folder, port + 4);
      t.is(await doubled.ended, 1);
      t.regex(doubled.said(), /already runs over/);
      t.true((await fetch(`http://127.0.0.1:${port}/healthz`)).ok);
      third.process.kill('SIGTERM');
      await third.says(/Stopping \(SIGTERM\)/);

      const fourth = runByNpm(folder, port);
      await fourth.says(/Ready after/);
      t.true((await fetch(`http://127.0.0.1:${port}/healthz`)).ok);
      fourth.process.kill('SIGKILL');
      await nothingRunsOver(folder);
      t.false(existsSync(join(folder, 'run.pid')), 'it ended in order, although npm was killed');
      t.pass();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test.serial('a launcher that is killed takes its servers and its PostgreSQL with it', async (t) => {
  t.timeout(400_000);
  const folder = freshFolder();
  try {
    const killed = run(folder, somePort());
    await killed.says(/✓ Migrations/);
    killed.process.kill('SIGKILL');
    await nothingRunsOver(folder);
    t.pass();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.serial('told to stop in the middle of a start, it stops at the next step and leaves nothing', async (t) => {
  t.timeout(400_000);
  const folder = freshFolder();
  try {
    const stopped = run(folder, somePort());
    await stopped.says(/✓ Migrations/);
    t.is(await endsCleanly(stopped), 0);
    t.notRegex(stopped.said(), /Ready after|did not start/);
    t.deepEqual(processesOver(folder), []);
    t.false(existsSync(join(folder, 'run.pid')));
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

/** Resolves once no process of the run is left; the launcher's own bound is 30 s. */
async function nothingRunsOver(folder: string): Promise<void> {
  const deadline = Date.now() + 45_000;
  for (let left = processesOver(folder); left.length > 0; left = processesOver(folder)) {
    if (Date.now() > deadline) throw new Error(`Processes ${left.join(', ')} still run over ${folder}.`);
    await delay(50);
  }
}

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
