import en from '../locales/en.json' with { type: 'json' };
import fi from '../locales/fi.json' with { type: 'json' };
import sv from '../locales/sv.json' with { type: 'json' };

const all = { fi, sv, en };

/** A text of the locales, with the name put in where it belongs. */
export function text(language: keyof typeof all, key: keyof typeof fi, name = ''): string {
  return all[language][key].replace('{name}', name);
}
