import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/** Order of linking: a file comes after those it uses. */
// biome-ignore format: a list of words
const files = [
  'primordials', 'door', 'lockdown', 'logging', 'timers', 'host-calls', 'plugin', 'bridge', 'random-stream', 'crypto',
  'structured-clone', 'text-encoding', 'base64', 'punycode', 'url-percent', 'url-host', 'url-parser', 'url-search-params', 'url', 'bootstrap',
];

/**
 * The bootstrap as one strict script whose value is the function `bootstrap`. The files are ordinary modules, so that they are
 * typed and tested like any other; here their import and export words fall away and they share one scope.
 */
export function bootstrapSource(): string {
  const parts = files.map((name) => withoutModuleWords(stripTypeScriptTypes(readGuestFile(name))));
  return squeezed(`'use strict';(() => {${parts.join('\n')}\nreturn bootstrap;})();`);
}

function readGuestFile(name: string): string {
  return readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8');
}

function withoutModuleWords(source: string): string {
  return source.replace(/^import\s[^;]*;/gm, '').replace(/^export /gm, '');
}

/** Every isolate keeps this text: without comments and indentation it is half as long, and Latin-1 instead of two bytes each. */
function squeezed(source: string): string {
  return source
    .replace(/^ *\/\*\*(?:.|\n)*?\*\//gm, '')
    .replace(/^ *\/\/.*$/gm, '')
    .replace(/ {2,}/g, ' ')
    .replace(/\n\s+/g, '\n');
}
