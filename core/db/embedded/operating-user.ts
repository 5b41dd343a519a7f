import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The user id and group id that PostgreSQL runs as. */
export interface OperatingUser {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: there it runs as `postgres` if that user exists, else as `nobody`. Undefined: as ourselves. */
export function operatingUser(): OperatingUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name, , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  const user = users.get('postgres') ?? users.get('nobody');
  if (!user)
    throw new Error(
      'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". Start as an ordinary user, or set DATABASE_URL.',
    );
  return user;
}

/** Whether another user can enter every folder down to this path (the path or its nearest existing ancestor). */
export function reachableBy(user: OperatingUser, path: string): boolean {
  const here = statSync(path, { throwIfNoEntry: false });
  const parent = dirname(path);
  if (here && !mayEnter(user, here)) return false;
  return parent === path || reachableBy(user, parent);
}

function mayEnter(user: OperatingUser, { mode, uid, gid }: { mode: number; uid: number; gid: number }): boolean {
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
