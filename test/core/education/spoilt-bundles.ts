import { writeFile } from 'node:fs/promises';
import { seededRandom, type Random } from '../../../core/demo/random.ts';
import { writeBundle } from './bundle-fixture.ts';
import { smallSchool } from './small-school.ts';

const spice = [
  '"',
  ',',
  '\n',
  '\r',
  '\0',
  '\t',
  '\\N',
  '\\.',
  '\uFEFF',
  '=cmd()',
  "';drop table person;--",
  '\uD800',
  '999999999999',
  'a'.repeat(300),
];

/** A few cuts, copies and insertions at random places of one file's text. */
function spoil(random: Random, text: string): string {
  let spoilt = text;
  for (let cuts = 1 + random.below(4); cuts > 0; cuts -= 1) {
    const at = random.below(spoilt.length + 1);
    const end = Math.min(spoilt.length, at + random.below(20));
    const middle = [random.pick(spice), '', spoilt.slice(at, end).repeat(2), spoilt.slice(at, end).toUpperCase()];
    spoilt = spoilt.slice(0, at) + random.pick(middle) + spoilt.slice(end);
  }
  return spoilt;
}

function spoiltFiles(random: Random): Record<string, string> {
  const files = Object.fromEntries(Object.entries(smallSchool).map(([name, lines]) => [name, lines.join('\n')]));
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const name = random.pick(Object.keys(files));
    files[name] = spoil(random, files[name]!);
  }
  return files;
}

/** Flips bytes of a sound zip. */
function spoiltBytes(random: Random, sound: Buffer): Buffer {
  const bytes = Buffer.from(sound);
  for (let flips = 1 + random.below(6); flips > 0; flips -= 1) bytes[random.below(bytes.length)] = random.below(256);
  return random.chance(0.2) ? bytes.subarray(0, random.below(bytes.length)) : bytes;
}

/** Writes the bundle of this number, always the same one: half spoilt inside their files, half in the bytes of the zip. */
export async function writeSpoiltBundle(path: string, number: number, sound: Buffer): Promise<void> {
  const random = seededRandom(`import fuzz ${number}`);
  if (random.chance(0.5)) await writeBundle(path, spoiltFiles(random), random.chance(0.5) ? 'bulk' : 'delta');
  else await writeFile(path, spoiltBytes(random, sound));
}
