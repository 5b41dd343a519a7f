import test from 'ava';
import { dataElements } from '@digione/sdk/manifest';
import { en } from '../../core/portal/src/texts/en.ts';
import { fi } from '../../core/portal/src/texts/fi.ts';
import { sv } from '../../core/portal/src/texts/sv.ts';

const others = { sv, en };

function flat(tree: object, path = ''): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') leaves.set(path + key, value);
    else for (const [inner, text] of flat(value, `${path}${key}.`)) leaves.set(inner, text);
  }
  return leaves;
}

const holes = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

for (const [language, tree] of Object.entries(others)) {
  test(`every text in Finnish has one in ${language}, with the same places for names and numbers`, (t) => {
    const [finnish, other] = [flat(fi), flat(tree)];
    t.deepEqual([...other.keys()].sort(), [...finnish.keys()].sort());
    for (const [key, text] of finnish) t.deepEqual(holes(other.get(key) ?? ''), holes(text), key);
  });
}

test('no text is empty or has markup in it', (t) => {
  for (const tree of [fi, sv, en]) for (const [key, text] of flat(tree)) t.regex(text, /^[^<>]+$/, key);
});

test('every data element that a plugin may ask for has a plain name', (t) => {
  const named = flat(fi.elements);
  for (const element of Object.keys(dataElements)) t.true(named.has(element), element);
});
