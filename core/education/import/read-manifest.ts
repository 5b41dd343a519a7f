import { refuse } from '../../kernel/index.ts';
import { bundleFileNames, isLoadedFile, type LoadedFile } from './bundle-files.ts';
import type { OpenBundle } from './open-bundle.ts';
import type { ProblemList } from './problems.ts';
import { readRecords } from './read-records.ts';

export type LoadMode = 'bulk' | 'delta';

export interface Manifest {
  /** Files to load, with how; what is absent is not here. */
  modes: ReadonlyMap<LoadedFile, LoadMode>;
  sourceSystem: string | undefined;
}

/** Reads manifest.csv and compares it with what the zip really holds. */
export async function readManifest(bundle: OpenBundle, problems: ProblemList): Promise<Manifest> {
  if (!bundle.names.includes('manifest')) refuse('invalid', 'The bundle has no manifest.csv.');
  const properties = await readProperties(bundle);
  checkVersion(properties, 'manifest.version', '1.0');
  checkVersion(properties, 'oneroster.version', '1.2');
  reportStrangers(bundle, problems);
  const modes = new Map<LoadedFile, LoadMode>();
  for (const name of bundleFileNames) {
    const mode = modeOf(name, properties, { bundle, problems });
    if (mode && isLoadedFile(name)) modes.set(name, mode);
    else if (mode) problems.add({ ...wholeFile(name), reason: 'not-kept', action: 'file-left-out' });
  }
  if (modes.size === 0) refuse('invalid', 'The manifest names no file that can be loaded.');
  return { modes, sourceSystem: properties.get('source.systemname') };
}

const wholeFile = (name: string) => ({ file: `${name}.csv`, line: 0, column: '', value: '' });

async function readProperties(bundle: OpenBundle): Promise<Map<string, string>> {
  const properties = new Map<string, string>();
  for await (const records of readRecords(await bundle.read('manifest'))) {
    for (const { fields } of records) {
      const [name = '', value = ''] = fields;
      properties.set(name.trim().toLowerCase(), value.trim());
      if (properties.size > 200) refuse('invalid', 'The manifest has more than 200 lines.');
    }
  }
  return properties;
}

function checkVersion(properties: Map<string, string>, name: string, wanted: string): void {
  const found = properties.get(name);
  if (found !== wanted)
    refuse('invalid', `The manifest says ${name}=${found ?? '(nothing)'}; this import reads ${wanted}.`);
}

function reportStrangers({ names }: OpenBundle, problems: ProblemList): void {
  const known = new Set(['manifest', ...bundleFileNames.map((name) => name.toLowerCase())]);
  for (const name of names) {
    if (!known.has(name)) problems.add({ ...wholeFile(name), reason: 'unknown-file', action: 'file-left-out' });
  }
}

function modeOf(
  name: string,
  properties: Map<string, string>,
  { bundle, problems }: { bundle: OpenBundle; problems: ProblemList },
): LoadMode | undefined {
  const value = properties.get(`file.${name.toLowerCase()}`)?.toLowerCase() ?? 'absent';
  const there = bundle.names.includes(name.toLowerCase());
  if (value !== 'bulk' && value !== 'delta') {
    if (there) problems.add({ ...wholeFile(name), value, reason: 'bad-file', action: 'file-left-out' });
    return undefined;
  }
  if (there) return value;
  problems.add({ ...wholeFile(name), value, reason: 'missing-file', action: 'file-left-out' });
  return undefined;
}
