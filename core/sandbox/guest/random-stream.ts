/** A ChaCha20 key stream (RFC 8439 §2.3) over a seed from the host: random bytes without a call across the border. */
export class RandomStream {
  readonly #state = new Uint32Array(16);
  readonly #block = new Uint32Array(16);
  readonly #bytes = new Uint8Array(this.#block.buffer);
  #used = 64;

  /** @param seed 64 hexadecimal digits */
  constructor(seed: string) {
    this.#state.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
    for (let word = 0; word < 8; word += 1) {
      this.#state[4 + word] = Number.parseInt(seed.slice(word * 8, word * 8 + 8), 16);
    }
  }

  fill(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#used === 64) this.#nextBlock();
      bytes[at] = this.#bytes[this.#used++]!;
    }
  }

  #nextBlock(): void {
    const block = this.#block;
    block.set(this.#state);
    for (let round = 0; round < 10; round += 1) {
      for (let column = 0; column < 4; column += 1) quarter(block, column, 4 + column, 8 + column, 12 + column);
      for (let turn = 0; turn < 4; turn += 1) {
        quarter(block, turn, 4 + ((turn + 1) & 3), 8 + ((turn + 2) & 3), 12 + ((turn + 3) & 3));
      }
    }
    for (let word = 0; word < 16; word += 1) block[word] = (block[word]! + this.#state[word]!) >>> 0;
    this.#state[12] = this.#state[12]! + 1;
    this.#used = 0;
  }
}

function quarter(x: Uint32Array, a: number, b: number, c: number, d: number): void {
  x[a] = x[a]! + x[b]!;
  x[d] = rotate(x[d]! ^ x[a]!, 16);
  x[c] = x[c]! + x[d]!;
  x[b] = rotate(x[b]! ^ x[c]!, 12);
  x[a] = x[a]! + x[b]!;
  x[d] = rotate(x[d]! ^ x[a]!, 8);
  x[c] = x[c]! + x[d]!;
  x[b] = rotate(x[b]! ^ x[c]!, 7);
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
