import { argv, exit } from 'node:process';
import { runCli } from './run-cli.ts';
import { readSurroundings } from './surroundings.ts';

exit(await runCli(argv.slice(2), readSurroundings()));
