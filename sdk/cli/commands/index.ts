import type { Command } from '../command.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { keygen } from './keygen.ts';
import { publish } from './publish.ts';
import { status } from './status.ts';

/** All commands, in the order in which an author meets them. */
export const commands: Readonly<Record<string, Command>> = Object.freeze({ build, check, keygen, publish, status });
