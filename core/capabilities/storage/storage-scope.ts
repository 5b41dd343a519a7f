import type { Access, SubjectQuestion } from '../../access/index.ts';
import type { Tx } from '../../db/index.ts';
import { mergedInto } from '../../education/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { type Collection, collectionOf } from './collections.ts';
import type { Shelf } from './document-store.ts';
import { checkElement } from '../scopes.ts';

/** A collection that this plugin may use here, and the questions about its subjects. */
export interface OpenCollection {
  collection: Collection;
  shelf: Shelf;
  /** Of these persons, those about whom the collection may hold records now. */
  allowed(tx: Tx, persons: Id[], action: SubjectQuestion['action']): Promise<ReadonlySet<Id>>;
  /** The persons behind pairwise ids; the id of a learner who was merged into another one means that one. */
  persons(tx: Tx, subjects: readonly string[]): Promise<Map<string, Id>>;
  pairwise(person: Id): string;
}

export function openCollection(access: Access, { grant, actor, lease }: Caller, name: string): OpenCollection {
  const collection = collectionOf(grant, name);
  const element = `storage.${name}`;
  checkElement(grant, collection.purpose, element);
  const { municipality, plugin, school } = grant;
  const question = { grant, actor, purpose: collection.purpose, elements: [element], ...(lease ? { lease } : {}) };
  return {
    collection,
    shelf: { municipality, plugin, school, collection: name, learnerOwned: collection.learnerOwned === true },
    allowed: async (tx, persons, action) =>
      persons.length === 0
        ? new Set()
        : access.visibleSubjects(tx, { ...question, subjects: [...new Set(persons)], action }),
    async persons(tx, subjects) {
      const known = subjects.flatMap((subject) => {
        const person = access.person(municipality, plugin, subject);
        return person === undefined ? [] : [[subject, person] as const];
      });
      const merged = await mergedInto(
        tx,
        municipality,
        known.map(([, person]) => person),
      );
      return new Map(known.map(([subject, person]) => [subject, merged.get(person) ?? person]));
    },
    pairwise: (person) => access.pseudonym(municipality, plugin, person),
  };
}

/** The learner of a new record, checked; null in collections that are about nobody. */
export async function checkSubject(tx: Tx, open: OpenCollection, subject: string | undefined): Promise<Id | null> {
  const { name, subject: aboutSomebody } = open.collection;
  if (!aboutSomebody)
    return subject === undefined ? null : refuse('invalid-argument', `Records of "${name}" have no subject.`);
  if (subject === undefined)
    refuse('invalid-argument', `A record of "${name}" needs the learner whom it is about as its subject.`);
  const person = (await open.persons(tx, [subject])).get(subject);
  const allowed = person !== undefined && (await open.allowed(tx, [person], 'storage.write')).has(person);
  if (allowed) return person;
  // The same words for a learner without consent, one of another class and one who does not exist.
  return refuse('not-allowed', `"${name}" may hold nothing about this learner now.`);
}
