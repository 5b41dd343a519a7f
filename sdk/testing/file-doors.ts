import type { ArgumentOf, Capabilities, StoredFile } from '../capabilities/index.ts';
import { PluginError } from '../errors/index.ts';
import type { DoorDeps } from './door-deps.ts';

type Put = ArgumentOf<Capabilities['files.put']>;

/** Keeps the files of a plugin in memory, newest first. Of a learner only while the user teaches the learner. */
export function createFileDoors({ school }: DoorDeps) {
  let kept: (StoredFile & { content: string })[] = [];
  let made = 0;
  const mayHold = (subject: string | undefined) =>
    subject === undefined || school.classes.some(({ students }) => students.some(({ id }) => id === subject));
  const visible = () => kept.filter(({ subject }) => mayHold(subject));
  return {
    'files.put'({ name, type, content, subject }: Put) {
      const size = atob(content).length;
      if (size === 0) throw new PluginError('invalid-argument', 'The file is empty.');
      if (!mayHold(subject)) throw new PluginError('not-allowed', 'Nothing may be kept about this learner now.');
      made += 1;
      const createdAt = new Date(Date.parse(`${school.today}T06:00:00Z`) + made * 1000).toISOString();
      const file = {
        id: `file-${made}`,
        name,
        type,
        size,
        createdAt,
        content,
        ...(subject !== undefined && { subject }),
      };
      kept = [file, ...kept];
      return { id: file.id };
    },
    'files.get': ({ id }: { id: string }) => ({ file: visible().find((file) => file.id === id) ?? null }),
    'files.list': () => ({ files: visible().map(({ content: _, ...file }) => file) }),
    'files.remove'({ id }: { id: string }) {
      const removed = visible().some((file) => file.id === id);
      if (removed) kept = kept.filter((file) => file.id !== id);
      return { removed };
    },
  };
}
