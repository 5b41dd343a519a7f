import { Refusal } from '@digione/core/kernel';
import { readBundle, writeBundle } from '@digione/registry/bundle';
import { sampleFiles, strangeBundle } from './sample-files.ts';

/** A process of its own that reads hostile bundles one after the other and prints by how many megabytes it grew. */
const good = await writeBundle(sampleFiles());
const bomb = strangeBundle([{ path: 'backend.js', content: Buffer.alloc(7_900_000) }]);

async function read(bytes: Uint8Array): Promise<void> {
  await readBundle(bytes).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

async function readMany(times: number): Promise<number> {
  for (let index = 0; index < times; index += 1) {
    const mutated = Buffer.from(good);
    mutated[index % mutated.length] = index % 256;
    await read(mutated);
    if (index % 50 === 0) await read(bomb);
  }
  return process.memoryUsage().rss;
}

const before = await readMany(50);
const after = await readMany(3000);
console.log(Math.round((after - before) / 1e6));
