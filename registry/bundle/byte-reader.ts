import { refuseBundle } from './refuse-bundle.ts';

const nothing = Buffer.alloc(0);

/** Gives the bytes of a stream of pieces in portions of the asker's size. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Buffer = nothing;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Exactly `count` bytes, copied; refuses when the stream ends before. Memory for them is taken at once, so `count` must be checked. */
  async take(count: number): Promise<Buffer> {
    const taken = Buffer.alloc(count);
    for (let filled = 0; filled < count; ) {
      if (this.#rest.length === 0 && !(await this.#next())) refuseBundle('not-tar', 'The archive ends in the middle.');
      const copied = this.#rest.copy(taken, filled);
      this.#rest = this.#rest.subarray(copied);
      filled += copied;
    }
    return taken;
  }

  /** Tells whether nothing is left, by reading on. */
  async ended(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#next());
  }

  async #next(): Promise<boolean> {
    do {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    } while (this.#rest.length === 0);
    return true;
  }
}
