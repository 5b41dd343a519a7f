import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every `<room>/migrations/*.sql` below a folder such as core/. */
export function migrationFiles(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((room) => sqlFilesOf(join(root, room.name, 'migrations')));
}

/** The *.sql files of one folder; none when the folder does not exist. */
export function sqlFilesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
