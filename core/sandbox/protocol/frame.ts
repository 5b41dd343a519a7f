import type { Duplex } from 'node:stream';

/** Sizes that a reader accepts; more ends the connection. */
export interface FrameCaps {
  headerBytes: number;
  payloadBytes: number;
}

const prefixBytes = 8;

/** `uint32 header length, uint32 payload length, header (JSON), payload (text)`. The payload is opaque here. */
export function writeFrame(to: Duplex, header: object, payload: string): void {
  const head = Buffer.from(JSON.stringify(header));
  const size = Buffer.byteLength(payload);
  const frame = Buffer.allocUnsafe(prefixBytes + head.length + size);
  frame.writeUInt32BE(head.length, 0);
  frame.writeUInt32BE(size, 4);
  head.copy(frame, prefixBytes);
  if (size > 0) frame.write(payload, prefixBytes + head.length);
  to.write(frame);
}

/** Cuts a byte stream into frames. */
export class FrameReader {
  readonly #caps: FrameCaps;
  readonly #onFrame: (header: unknown, payload: string) => void;
  #chunks: Buffer[] = [];
  #held = 0;

  constructor(caps: FrameCaps, onFrame: (header: unknown, payload: string) => void) {
    this.#caps = caps;
    this.#onFrame = onFrame;
  }

  /** Throws when the stream breaks the format; the connection is then worth nothing. */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    for (let size = this.#nextSize(); size !== undefined && this.#held >= size; size = this.#nextSize()) {
      this.#emit(this.#take(size));
    }
  }

  #nextSize(): number | undefined {
    if (this.#held < prefixBytes) return undefined;
    const first = this.#joinAtLeast(prefixBytes);
    const header = first.readUInt32BE(0);
    const payload = first.readUInt32BE(4);
    if (header > this.#caps.headerBytes || payload > this.#caps.payloadBytes) throw new Error('Frame over its cap');
    return prefixBytes + header + payload;
  }

  #joinAtLeast(bytes: number): Buffer {
    if (this.#chunks[0]!.length < bytes) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]!;
  }

  #take(size: number): Buffer {
    const all = this.#joinAtLeast(size);
    const frame = all.subarray(0, size);
    const rest = all.subarray(size);
    if (rest.length > 0) this.#chunks[0] = rest;
    else this.#chunks.shift();
    this.#held -= size;
    return frame;
  }

  #emit(frame: Buffer): void {
    const head = prefixBytes + frame.readUInt32BE(0);
    const header: unknown = JSON.parse(frame.toString('utf8', prefixBytes, head));
    this.#onFrame(header, frame.toString('utf8', head));
  }
}
