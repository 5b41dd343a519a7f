import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isId, refuse, type Id } from '../../kernel/index.ts';

/** Where received files wait, on the disk of this server. */
export interface RosterFolder {
  /** Writes the stream to disk piece by piece; what is too long, or breaks off, leaves no file. */
  keep(id: Id, body: Readable): Promise<{ bytes: number; sha256: string }>;
  path(id: Id): string;
  has(id: Id): Promise<boolean>;
  remove(id: Id): Promise<void>;
}

export function rosterFolder(folder: string, mostBytes: number): RosterFolder {
  const path = (id: Id): string =>
    join(folder, `${isId(id) ? id : refuse('invalid', 'A file is named by its id.')}.zip`);
  const remove = (id: Id): Promise<void> => rm(path(id), { force: true });
  return {
    path,
    remove,
    has: (id) =>
      access(path(id)).then(
        () => true,
        () => false,
      ),
    async keep(id, body) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const digest = createHash('sha256');
      let bytes = 0;
      try {
        await pipeline(
          body,
          async function* measured(pieces: AsyncIterable<Buffer>) {
            for await (const piece of pieces) {
              bytes += piece.length;
              if (bytes > mostBytes) refuse('too-large', `A roster may have at most ${mostBytes / 1_000_000} MB.`);
              digest.update(piece);
              yield piece;
            }
          },
          createWriteStream(path(id), { mode: 0o600 }),
        );
      } catch (error) {
        await remove(id);
        throw error;
      }
      return { bytes, sha256: digest.digest('hex') };
    },
  };
}
