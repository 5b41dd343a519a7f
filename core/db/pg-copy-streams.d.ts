declare module 'pg-copy-streams' {
  import type { Submittable } from 'pg';
  import type { Readable, Writable } from 'node:stream';

  /** Bytes written go to `COPY … FROM STDIN`. */
  export function from(statement: string): Writable & Submittable;
  /** Bytes of `COPY … TO STDOUT`. */
  export function to(statement: string): Readable & Submittable;
}
