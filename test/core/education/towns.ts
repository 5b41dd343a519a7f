import type { Database } from '../../../core/db/index.ts';
import type { ImportOptions, ImportReport } from '../../../core/education/index.ts';
import type { Id } from '../../../core/kernel/index.ts';
import { testDatabase } from '../../support/database.ts';
import { addMunicipality, load, save, scratchFolder, writeBundle, type BundleFiles } from './bundle-fixture.ts';

export const confirmed = { confirm: { access: true, removals: true } } as const;

/** An empty municipality of a test's own. */
export interface Town {
  id: Id;
  load(files: BundleFiles, more?: Partial<ImportOptions> & { mode?: 'bulk' | 'delta' }): Promise<ImportReport>;
  loadPath(path: string, more?: Partial<ImportOptions>): Promise<ImportReport>;
  /** Exports to a file and tells its path. */
  save(): Promise<string>;
  rows<R extends object>(text: string, values?: unknown[]): Promise<R[]>;
}

export interface Towns extends AsyncDisposable {
  database: Database;
  path(name: string): string;
  add(): Promise<Town>;
}

const loadsAtOnce = 4;

export async function openTowns(): Promise<Towns> {
  const made = await testDatabase();
  const scratch = await scratchFolder();
  const { database } = made;
  let serial = 100;
  // The tests of a file start together; more loads than connections would wait for one until they are given up.
  let lastLoads: Promise<unknown>[] = [];
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const before = lastLoads.length < loadsAtOnce ? undefined : lastLoads.shift();
    const turn = Promise.resolve(before).then(work);
    lastLoads = [...lastLoads, turn.catch(() => undefined)];
    return turn;
  };
  return {
    database,
    path: scratch.path,
    async add() {
      serial += 1;
      const id = await addMunicipality(database, String(serial));
      let bundles = 0;
      const next = () => scratch.path(`${id}-${++bundles}.zip`);
      const loadPath: Town['loadPath'] = (path, more = {}) => inTurn(() => load(database, id, path, more));
      return {
        id,
        loadPath,
        load: async (files, { mode = 'bulk', ...more } = {}) => loadPath(await writeBundle(next(), files, mode), more),
        async save() {
          const path = next();
          await save(database, id, path);
          return path;
        },
        rows: (text, values = []) => database.inTenant(id, (tx) => tx.query({ text, values })),
      };
    },
    async [Symbol.asyncDispose]() {
      await made[Symbol.asyncDispose]();
      await scratch[Symbol.asyncDispose]();
    },
  };
}
