declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  export interface Entry {
    fileName: string;
    compressedSize: number;
    uncompressedSize: number;
    crc32: number;
    isEncrypted(): boolean;
  }
  export interface ZipFile {
    entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
    close(): void;
  }
  export function openPromise(path: string, options?: { autoClose?: boolean; lazyEntries?: boolean }): Promise<ZipFile>;
}

declare module 'yazl' {
  import type { EventEmitter } from 'node:events';
  import type { Readable } from 'node:stream';

  export class ZipFile extends EventEmitter {
    outputStream: Readable;
    addReadStreamLazy(
      name: string,
      options: { mtime?: Date },
      open: (done: (error: Error | null, stream?: Readable) => void) => void,
    ): void;
    addBuffer(content: Buffer, name: string, options?: { mtime?: Date }): void;
    end(): void;
  }
}
