import type { Texts } from '@digione/core/kernel';
import type { Manifest } from '@digione/sdk/manifest';
import { sayChange } from './plain-words.ts';
import { termFacts, type TermFact, type TermKind } from './term-facts.ts';

export type ChangeKind = TermKind | 'retention' | 'ages' | 'purpose-text';

/** One difference between the data terms of two versions. */
export interface TermChange {
  kind: ChangeKind;
  key: string;
  direction: 'widens' | 'narrows' | 'rewords';
  before?: number;
  after?: number;
  /** For a municipality's official, not a programmer. */
  text: Texts;
}

type Bare = Omit<TermChange, 'text'>;

/** Every difference of the data terms. One that widens makes the version consent-major, whatever its number says. */
export function diffTerms(before: Manifest, after: Manifest): TermChange[] {
  const bare = [
    ...factChanges(before, after),
    ...retentionChanges(before, after),
    ...ageChanges(before, after),
    ...rewordings(before, after),
  ];
  return bare.map((change) => ({ ...change, text: sayChange(change) }));
}

export function widens(changes: readonly TermChange[]): boolean {
  return changes.some(({ direction }) => direction === 'widens');
}

function factChanges(before: Manifest, after: Manifest): Bare[] {
  const old = keyed(termFacts(before));
  const fresh = keyed(termFacts(after));
  const missingIn = (other: Map<string, TermFact>, direction: Bare['direction']) => (id: string, fact: TermFact) =>
    other.has(id) ? [] : [{ ...fact, direction }];
  return [
    ...[...fresh].flatMap(([id, fact]) => missingIn(old, 'widens')(id, fact)),
    ...[...old].flatMap(([id, fact]) => missingIn(fresh, 'narrows')(id, fact)),
  ];
}

function keyed(facts: readonly TermFact[]): Map<string, TermFact> {
  return new Map(facts.map((fact) => [`${fact.kind} ${fact.key}`, fact]));
}

/** Days per purpose and element; kept longer is wider, and so is a limit that went away with its scope's number. */
function retentionChanges(before: Manifest, after: Manifest): Bare[] {
  const old = retentions(before);
  return [...retentions(after)].flatMap(([key, days]) => {
    const known = old.get(key);
    if (known === undefined || known === days) return [];
    return [
      {
        kind: 'retention' as const,
        key,
        direction: days > known ? ('widens' as const) : ('narrows' as const),
        before: known,
        after: days,
      },
    ];
  });
}

function retentions({ scopes }: Manifest): Map<string, number> {
  const days = new Map<string, number>();
  for (const { purpose, elements, retentionDays } of scopes)
    for (const element of elements) {
      const key = `${element} ${purpose}`;
      days.set(key, Math.max(days.get(key) ?? 0, retentionDays));
    }
  return days;
}

function ageChanges(before: Manifest, after: Manifest): Bare[] {
  const [oldLow, oldHigh] = before.audience.ages;
  const [low, high] = after.audience.ages;
  const one = (key: string, [from, to]: [number, number], wider: boolean): Bare[] =>
    from === to ? [] : [{ kind: 'ages', key, direction: wider ? 'widens' : 'narrows', before: from, after: to }];
  return [...one('youngest', [oldLow, low], low < oldLow), ...one('oldest', [oldHigh, high], high > oldHigh)];
}

function rewordings(before: Manifest, after: Manifest): Bare[] {
  const old = new Map(before.purposes.map(({ id, text }) => [id, text]));
  return after.purposes.flatMap(({ id, text }) => {
    const known = old.get(id);
    const same = !known || (known.fi === text.fi && known.sv === text.sv && known.en === text.en);
    return same ? [] : [{ kind: 'purpose-text' as const, key: id, direction: 'rewords' as const }];
  });
}
