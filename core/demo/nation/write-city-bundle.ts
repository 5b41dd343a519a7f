import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { cityFiles } from './city-files.ts';
import { planCity } from './city-plan.ts';
import type { City } from './cities.ts';

// A fixed time, so that the same city is the same bytes.
const mtime = new Date('2026-08-01T00:00:00Z');

/** Writes a city's OneRoster 1.2 bundle: deterministic, streaming, in constant memory. */
export async function writeCityBundle(city: City, output: Writable): Promise<void> {
  const plan = planCity(city);
  const zip = new ZipFile();
  const files = Object.keys(cityFiles).map((name) => `file.${name},bulk`);
  const manifest = ['propertyName,value', 'manifest.version,1.0', 'oneroster.version,1.2', ...files];
  zip.addBuffer(Buffer.from(`${manifest.join('\n')}\n`), 'manifest.csv', { mtime });
  for (const [name, lines] of Object.entries(cityFiles)) {
    zip.addReadStreamLazy(`${name}.csv`, { mtime }, (done) => done(null, Readable.from(chunks(lines(plan)))));
  }
  zip.end();
  await pipeline(zip.outputStream, output);
}

/** Single lines are too small to be passed along one by one. */
function* chunks(lines: Iterable<string>): Iterable<Buffer> {
  let chunk = '';
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < 65_536) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  yield Buffer.from(chunk);
}
