import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Command } from '../command.ts';
import { fail } from '../failure.ts';
import { openPluginFolder } from '../plugin-folder.ts';
import type { Surroundings } from '../surroundings.ts';

export const test: Command = {
  summary: "run the plugin's own tests",
  help: `Runs test/**/*.test.ts with Node's test runner. Tests use makeTestSchool and testPlugin of @digione/sdk/testing: a school in
memory and a host that keeps the same rules as the real one.`,
  options: {},
  async run({ surroundings }) {
    const { folder, terminal } = surroundings;
    await openPluginFolder(folder);
    const files = await testFiles(folder);
    if (files.length === 0) fail('There are no tests: no file test/**/*.test.ts.');
    terminal.note(`${files.length} test ${files.length === 1 ? 'file' : 'files'}`);
    const code = await runNode(['--test', '--test-reporter=spec', ...files], surroundings);
    if (code !== 0) fail('Some tests did not pass.');
  },
};

async function testFiles(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'test'), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => join('test', name));
}

async function runNode(args: string[], { folder, terminal }: Surroundings): Promise<number | null> {
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
  for await (const line of createInterface(child.stdout)) terminal.say(line);
  return ended;
}
