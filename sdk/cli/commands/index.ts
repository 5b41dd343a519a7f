import type { Command } from '../command.ts';

/**
 * All commands, in the order in which an author meets them. Each is loaded when it is called: who only checks a receipt needs
 * neither the sandbox nor the bundler.
 */
export const commands: Readonly<Record<string, () => Promise<Command>>> = Object.freeze({
  init: async () => (await import('./init.ts')).init,
  dev: async () => (await import('./dev.ts')).dev,
  build: async () => (await import('./build.ts')).build,
  test: async () => (await import('./test.ts')).test,
  check: async () => (await import('./check.ts')).check,
  keygen: async () => (await import('./keygen.ts')).keygen,
  publish: async () => (await import('./publish.ts')).publish,
  status: async () => (await import('./status.ts')).status,
  verify: async () => (await import('./verify.ts')).verify,
  audit: async () => (await import('./audit.ts')).audit,
});

export async function allCommands(): Promise<Record<string, Command>> {
  const loaded = await Promise.all(Object.entries(commands).map(async ([name, load]) => [name, await load()] as const));
  return Object.fromEntries(loaded);
}
