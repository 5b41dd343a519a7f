import type { LoadedFile } from './bundle-files.ts';
import type { HashIdentifier } from './check-value.ts';
import type { OpenBundle } from './open-bundle.ts';
import { collectProblems, type ProblemList } from './problems.ts';
import { readAhead, type ReadAhead } from './read-ahead.ts';
import { readLines, type Lines } from './read-lines.ts';

export interface FileBeingRead {
  /** Of this file alone; complete when its lines have been taken. */
  problems: ProblemList;
  /** Undefined: the file is unusable. */
  checked: Promise<{ columns: ReadonlySet<string>; lines: ReadAhead<Lines> } | undefined>;
}

/** Files of a bundle. What has begun is read on its own, so that the database may do something else meanwhile. */
export interface BundleReader extends AsyncDisposable {
  /** Begins the file, unless it has begun. */
  read(file: LoadedFile): FileBeingRead;
}

/** In bytes: so much of a file waits in memory at most. */
const mostAhead = 8 * 2 ** 20;

export function readBundle(bundle: OpenBundle, hashIdentifier: HashIdentifier): BundleReader {
  const begun = new Map<LoadedFile, FileBeingRead>();
  function begin(file: LoadedFile): FileBeingRead {
    const problems = collectProblems();
    const open = () => bundle.read(file.toLowerCase());
    const checked = readLines({ file, open, hashIdentifier, problems }).then(
      (found) => found && { columns: found.columns, lines: readAhead(found.lines, { sizeOf, most: mostAhead }) },
    );
    // Told to whoever takes the file; until then it must not count as unhandled.
    checked.catch(() => undefined);
    const reading = { problems, checked };
    begun.set(file, reading);
    return reading;
  }
  return {
    read: (file) => begun.get(file) ?? begin(file),
    async [Symbol.asyncDispose]() {
      for (const { checked } of begun.values())
        await (await checked.catch(() => undefined))?.lines[Symbol.asyncDispose]();
    },
  };
}

const sizeOf = ({ text }: Lines): number => text.length;
