import { createHash } from 'node:crypto';
import type ivm from 'isolated-vm';

const mostEntries = 200;

/**
 * V8's compiled form of sources, made by this process only and kept in its memory only: cached data is machine code, so none is
 * ever taken from elsewhere, not even from another worker.
 */
export class CodeCache {
  readonly #entries = new Map<string, ivm.ExternalCopy<ArrayBuffer>>();

  async compile(isolate: ivm.Isolate, source: string, filename: string): Promise<ivm.Script> {
    const name = `${process.versions.v8}:${createHash('sha256').update(source).digest('hex')}`;
    const cachedData = this.#entries.get(name);
    if (cachedData !== undefined) return isolate.compileScript(source, { filename, cachedData });
    const script = await isolate.compileScript(source, { filename, produceCachedData: true });
    this.#keep(name, (script as ivm.Script & ivm.CachedDataResult).cachedData);
    return script;
  }

  #keep(name: string, data: ivm.ExternalCopy<ArrayBuffer> | undefined): void {
    if (data === undefined) return;
    this.#entries.set(name, data);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > mostEntries && oldest !== undefined) this.#entries.delete(oldest);
  }
}
