import type { IdentityProviderConfiguration, TestMandate, TestPerson } from './configuration.ts';

/** Everybody who can sign in, beyond those on the page. */
export interface Directory {
  people: readonly (TestPerson & { usernames: readonly string[] })[];
  /** By the guardian's personal identity code. */
  mandates: Readonly<Record<string, readonly TestMandate[]>>;
}

/** Looks among the named people first, so that the directory is put together only when somebody else is asked for. */
export interface People {
  named: readonly TestPerson[];
  bySub(sub: string): Promise<TestPerson | undefined>;
  byUsername(username: string): Promise<TestPerson | undefined>;
  search(words: string): Promise<readonly TestPerson[]>;
  mandatesOf(nationalId: string): Promise<readonly TestMandate[]>;
}

export function createPeople(
  { people: named, mandates }: IdentityProviderConfiguration,
  load: (() => Promise<Directory>) | undefined,
): People {
  const nobody: Directory = { people: [], mandates: {} };
  const everybody = once(async () => indexed((await load?.()) ?? nobody));
  const namedBySub = new Map(named.map((person) => [person.sub, person]));
  return {
    named,
    bySub: async (sub) => namedBySub.get(sub) ?? (await everybody()).bySub.get(sub),
    byUsername: async (username) => (await everybody()).byUsername.get(username.trim().toLowerCase()),
    async search(words) {
      const wanted = words.toLocaleLowerCase('fi').split(/\s+/);
      const { people } = await everybody();
      const isMeant = (text: string) => wanted.every((word) => text.includes(word));
      const all = [...named, ...people.filter(({ sub }) => !namedBySub.has(sub))];
      return all.filter(({ name, sub, hint }) => isMeant(`${name} ${sub} ${hint.fi}`.toLocaleLowerCase('fi')));
    },
    mandatesOf: async (nationalId) =>
      mandates?.known[nationalId] ?? (await everybody()).directory.mandates[nationalId] ?? [],
  };
}

function indexed(directory: Directory) {
  const { people } = directory;
  return {
    directory,
    people,
    bySub: new Map(people.map((person) => [person.sub, person])),
    byUsername: new Map(people.flatMap((person) => person.usernames.map((name) => [name, person] as const))),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
