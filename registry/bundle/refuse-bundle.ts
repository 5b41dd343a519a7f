import { refuse } from '@digione/core/kernel';

/** Why a bundle was refused, for tests and tables. */
export type BundleFault =
  | 'duplicate-path'
  | 'file-type'
  | 'missing-file'
  | 'not-canonical'
  | 'not-gzip'
  | 'not-tar'
  | 'path'
  | 'ratio'
  | 'too-large'
  | 'too-many-files'
  | 'unknown-file';

/** Refuses a bundle with `bundle-invalid`; `fault` is a public member of the answer. */
export function refuseBundle(fault: BundleFault, message: string, cause?: unknown): never {
  return refuse('bundle-invalid', message, { cause, extra: { fault } });
}
