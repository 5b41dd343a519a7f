/** What a bundle may measure. A reader stops at the first byte beyond. */
export interface BundleLimits {
  /** Bytes of the bundle as it is stored. */
  readonly packed: number;
  /** Bytes of the archive inside. */
  readonly unpacked: number;
  /** Bytes of one file. */
  readonly file: number;
  /** Number of files. */
  readonly files: number;
  /** Times by which the archive may be larger than the bundle, counted once the archive passes a megabyte. */
  readonly ratio: number;
}

/** The registry's limits. Kept so that reading any bytes at all stays under 64 MB of memory. */
export const bundleLimits: BundleLimits = Object.freeze({
  packed: 8_000_000,
  unpacked: 24_000_000,
  file: 8_000_000,
  files: 1000,
  ratio: 100,
});

/** Below this size of the archive the ratio says nothing: a small bundle of similar texts packs well. */
export const ratioFrom = 1_000_000;
