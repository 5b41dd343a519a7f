import { refuseBundle } from './refuse-bundle.ts';

const singles = new Set(['digione.json', 'backend.js', 'README.md', 'CHANGELOG.json', 'sbom.cdx.json', 'LICENSE']);
const folders = new Set(['ui', 'views', 'locales']);
/** Characters that a file system, a shell or a URL reads in its own way, and all that can't be seen. */
const unfit = /[\p{C}\p{Zl}\p{Zp}\\:*?"<>|%#]/u;
const longestPath = 200;

/** Admits the paths of one bundle, one after the other, in the order of the archive. */
export class PathGate {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  #last = '';

  /** Throws unless the path is plain, known, new and in its place. */
  admit(path: string): void {
    checkPlain(path);
    checkKnown(path);
    if (this.#last !== '' && compare(this.#last, path) >= 0) this.#refuseOrder(path);
    this.#last = path;
    this.#claim(path);
  }

  #refuseOrder(path: string): never {
    if (this.#files.has(folded(path))) refuseBundle('duplicate-path', `The bundle holds "${path}" twice.`);
    return refuseBundle(
      'not-canonical',
      `"${path}" stands before its place: files are ordered by the bytes of their paths.`,
    );
  }

  /** A path must stay one file on systems that fold case, and can't be a file and a folder. */
  #claim(path: string): void {
    const own = folded(path);
    const parents = parentsOf(own);
    if (this.#files.has(own) || this.#folders.has(own) || parents.some((parent) => this.#files.has(parent)))
      refuseBundle(
        'duplicate-path',
        `"${path}" is the same as another path of the bundle where case makes no difference, or a folder of that name.`,
      );
    this.#files.add(own);
    for (const parent of parents) this.#folders.add(parent);
  }
}

/** Orders paths by their UTF-8 bytes, which is the order of code points. */
export function compare(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function checkPlain(path: string): void {
  const segments = path.split('/');
  const plain = path.length <= longestPath && path === path.normalize('NFC') && !unfit.test(path);
  if (plain && segments.every((segment) => segment !== '' && !/^\.|[. ]$/.test(segment))) return;
  refuseBundle(
    'path',
    `The bundle holds a file whose path is not allowed: ${JSON.stringify(path.slice(0, longestPath))}.`,
  );
}

function checkKnown(path: string): void {
  const [first = '', ...rest] = path.split('/');
  if (rest.length === 0 ? singles.has(first) : folders.has(first)) return;
  refuseBundle(
    'unknown-file',
    `The bundle holds "${path}", which is not a part of bundles. Parts are ${[...singles].join(', ')}, ${[...folders].map((folder) => `${folder}/**`).join(', ')}.`,
  );
}

function folded(path: string): string {
  return path.toUpperCase().toLowerCase().normalize('NFC');
}

function parentsOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}
