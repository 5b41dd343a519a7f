import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Manifest } from '@digione/sdk/manifest';
import type { Metafile } from 'esbuild';
import { fail } from '../failure.ts';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** The parts of a CycloneDX bill that we fill (https://cyclonedx.org/docs/1.6/json/). */
interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly { license: { name: string } }[];
}

/** The software bill of materials of what was bundled: no time and no serial number, so that the same code gives the same bill. */
export async function softwareBill(
  folder: string,
  manifest: Manifest,
  metafiles: readonly Metafile[],
): Promise<Uint8Array> {
  const inputs = new Set(metafiles.flatMap(({ inputs: files }) => Object.keys(files)));
  const components = new Map<string, Component>();
  for (const input of inputs) {
    const owner = await packageOf(resolve(folder, input), folder);
    if (owner) components.set(`${owner.name}@${owner.version}`, componentOf(owner));
  }
  const sorted = [...components].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, component]) => component);
  const metadata = {
    component: {
      type: 'application',
      name: manifest.id,
      version: manifest.version,
      licenses: [{ expression: manifest.licence }],
    },
  };
  return Buffer.from(
    `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components: sorted }, null, 2)}\n`,
  );
}

/** The nearest package above a file; none for the plugin's own files. */
async function packageOf(file: string, folder: string): Promise<Package | undefined> {
  for (let above = dirname(file); above !== dirname(above); above = dirname(above)) {
    if (above === folder) return undefined;
    const found = await readPackage(above);
    if (found) return found;
  }
  return fail(
    `${file} belongs to no package, so nobody could tell where it comes from. Use files of the plugin or of npm packages.`,
  );
}

async function readPackage(folder: string): Promise<Package | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  const { name, version, license } = JSON.parse(text ?? '{}') as Partial<Record<string, string>>;
  // A package.json without a name only says how to read the files beside it.
  return name && version ? { name, version, ...(license && { license }) } : undefined;
}

function componentOf({ name, version, license }: Package): Component {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    ...(license && { licenses: [{ license: { name: license } }] }),
  };
}
