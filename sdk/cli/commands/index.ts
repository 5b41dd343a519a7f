import type { Command } from '../command.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { dev } from './dev.ts';
import { init } from './init.ts';
import { keygen } from './keygen.ts';
import { publish } from './publish.ts';
import { status } from './status.ts';
import { test } from './test.ts';
import { verify } from './verify.ts';

/** All commands, in the order in which an author meets them. */
export const commands: Readonly<Record<string, Command>> = Object.freeze({
  init,
  dev,
  build,
  test,
  check,
  keygen,
  publish,
  status,
  verify,
});
