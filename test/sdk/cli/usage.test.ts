import test from 'ava';
import { commands } from '../../../sdk/cli/commands/index.ts';
import { createTerminal } from '../../../sdk/cli/terminal.ts';
import { anAuthor } from './surroundings.ts';

test('help lists every command and the exit codes', async (t) => {
  const { run } = await anAuthor(t);
  const { code, said } = await run(['--help']);
  t.is(code, 0);
  for (const name of Object.keys(commands)) t.true(said.includes(`  ${name} `), name);
  t.regex(said, /3 when the registry can't be reached/);
});

for (const name of Object.keys(commands)) {
  test(`"digione ${name} --help" tells what it does and lists its options, and does nothing`, async (t) => {
    const { run } = await anAuthor(t);
    const { code, said, noted } = await run([name, '--help']);
    t.deepEqual([code, noted], [0, '']);
    const { options } = await commands[name]!();
    for (const option of Object.keys(options)) t.true(said.includes(`--${option}`));
  });
}

test('an unknown command and an unknown option end with 2 and a way on', async (t) => {
  const { run } = await anAuthor(t);
  t.like(await run(['publsh']), { code: 2, noted: 'There is no command "publsh". "digione --help" lists them.' });
  const { code, noted } = await run(['build', '--fast']);
  t.is(code, 2);
  t.regex(noted, /"digione build --help" lists its options/);
});

test('progress is drawn on screens only', (t) => {
  const write = (into: string[]) => (text: string) => into.push(text);
  const [screen, pipe]: [string[], string[]] = [[], []];
  createTerminal({ write: write([]) }, { write: write(screen), isTTY: true }).progress('Sending', 0.5);
  createTerminal({ write: write([]) }, { write: write(pipe) }).progress('Sending', 0.5);
  t.regex(screen.join(''), /Sending █+░+ 50 %/);
  t.deepEqual(pipe, []);
});
