import type { Bundle } from '../bundle/index.ts';
import { error, warning, type Finding } from './check-result.ts';
import { textsOf } from './texts-of.ts';

const languages = ['fi', 'sv', 'en'] as const;
const placeholder = /^\s*(todo|tbd|fixme|xxx|lorem ipsum)\b/i;

/** All texts in all three languages: in the manifest, and the same keys in each locale file. */
export function checkLanguages(bundle: Bundle): Finding[] {
  return [...manifestTexts(bundle), ...localeFiles(bundle)];
}

function manifestTexts({ manifest }: Bundle): Finding[] {
  return textsOf(manifest).flatMap(({ place, texts }) => [
    ...languages
      .filter((language) => texts[language].trim() === '' || placeholder.test(texts[language]))
      .map((language) => error(`The text is not written yet in "${language}".`, `digione.json#${place}/${language}`)),
    ...(texts.fi.length > 30 && texts.fi === texts.sv
      ? [warning('The Finnish and the Swedish text are the same.', `digione.json#${place}`)]
      : []),
  ]);
}

function localeFiles({ files }: Bundle): Finding[] {
  if (![...files.keys()].some((path) => path.startsWith('locales/'))) return [];
  const keys = languages.map((language) => ({ language, keys: keysOf(files.get(`locales/${language}.json`)) }));
  const unread = keys.filter((locale) => locale.keys === undefined);
  if (unread.length > 0)
    return unread.map(({ language }) => error('The file is missing or is no JSON object.', `locales/${language}.json`));
  const every = new Set(keys.flatMap((locale) => [...locale.keys!]));
  return keys.flatMap(({ language, keys: own }) =>
    [...every.difference(own!)]
      .slice(0, 20)
      .map((key) => error(`The key "${key}" is missing.`, `locales/${language}.json`)),
  );
}

function keysOf(bytes: Uint8Array | undefined): Set<string> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Set(Object.keys(value))
      : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
