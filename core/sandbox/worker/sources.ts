interface Waiting {
  resolve: (source: string) => void;
  reject: (error: Error) => void;
}

const mostCharacters = 64_000_000;

/** Texts of bundles, asked from the supervisor once and kept while there is room. */
export class Sources {
  readonly #kept = new Map<string, string>();
  readonly #waiting = new Map<string, Waiting[]>();
  #size = 0;

  get(digest: string, ask: () => void): Promise<string> {
    const kept = this.#kept.get(digest);
    if (kept !== undefined) {
      this.#kept.delete(digest);
      this.#kept.set(digest, kept);
      return Promise.resolve(kept);
    }
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(digest);
      if (waiting) return waiting.push({ resolve, reject });
      this.#waiting.set(digest, [{ resolve, reject }]);
      ask();
    });
  }

  arrived(digest: string, source: string | undefined): void {
    const waiting = this.#waiting.get(digest) ?? [];
    this.#waiting.delete(digest);
    if (source !== undefined) this.#keep(digest, source);
    for (const one of waiting) {
      if (source === undefined) one.reject(new Error('its bundle is not available'));
      else one.resolve(source);
    }
  }

  #keep(digest: string, source: string): void {
    this.#kept.set(digest, source);
    this.#size += source.length;
    for (const [oldest, text] of this.#kept) {
      if (this.#size <= mostCharacters || oldest === digest) return;
      this.#kept.delete(oldest);
      this.#size -= text.length;
    }
  }
}
