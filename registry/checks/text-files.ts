import type { Bundle } from '../bundle/index.ts';

const textEnding = /\.(js|mjs|css|html|json|md|svg|txt)$|(^|\/)LICENSE$/;

/** Files of the bundle that hold text, decoded. */
export function textFiles({ files }: Bundle): { path: string; text: string }[] {
  return [...files]
    .filter(([path]) => textEnding.test(path))
    .map(([path, bytes]) => ({ path, text: Buffer.from(bytes).toString('utf8') }));
}

/** `file:line` of a place in a text. */
export function lineOf(path: string, text: string, index: number): string {
  return `${path}:${text.slice(0, index).split('\n').length}`;
}
