import { join, resolve } from 'node:path';
import { CliFailure, exitCodes } from './failure.ts';
import { readIfThere } from './plugin-folder.ts';
import type { Surroundings } from './surroundings.ts';

/** The publish token from a named file, the environment or the settings. Never from the command line, which other users can see. */
export async function readToken(
  file: string | undefined,
  { folder, configFolder, token }: Surroundings,
): Promise<string> {
  if (!file && token) return checkToken(token, 'DIGIONE_TOKEN');
  const path = file ? resolve(folder, file) : join(configFolder, 'token');
  const bytes = await readIfThere(path);
  if (!bytes)
    throw new CliFailure(exitCodes.refused, `There is no publish token: not in DIGIONE_TOKEN, and not in ${path}.`);
  return checkToken(bytes.toString('utf8').trim(), path);
}

function checkToken(token: string, source: string): string {
  if (/^dgo_[A-Za-z0-9_-]{20,200}$/.test(token)) return token;
  throw new CliFailure(exitCodes.refused, `What is in ${source} is not a publish token: those begin with "dgo_".`);
}
