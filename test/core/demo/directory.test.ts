import test from 'ava';
import { castMandates } from '../../../core/demo/index.ts';
import { demoDirectory } from '../../../core/demo/directory/index.ts';

const { people, mandates } = demoDirectory();
const withClaim = (name: string) => people.flatMap(({ claims }) => (claims[name] ? [claims[name] as string] : []));

test('Everybody of the demonstration can sign in under a name that is theirs alone', (t) => {
  const learners = withClaim('urn:oid:1.3.6.1.4.1.16161.1.1.27');
  t.true(learners.length > 3_000);
  t.is(new Set(learners).size, learners.length);
  const owners = new Map<string, string>();
  for (const { sub, usernames } of people)
    for (const name of usernames) {
      t.true([sub, undefined].includes(owners.get(name)), name);
      owners.set(name, sub);
    }
  t.is(new Set(people.map(({ sub }) => sub)).size, people.length);
});

test('No two people share an artificial identity code, in whichever town', (t) => {
  const codes = [...withClaim('national_identification_number')];
  t.is(new Set(codes).size, codes.length);
  const children = Object.values(mandates).flatMap((list) => list.map(({ personId, name }) => `${personId} ${name}`));
  const distinct = new Set(children);
  t.is(new Set([...distinct].map((child) => child.slice(0, 11))).size, distinct.size);
  t.false(codes.some((code) => [...distinct].some((child) => child.startsWith(code))));
});

test('The towns know the same mandates of the named guardians, but for those that only Suomi.fi denies', (t) => {
  for (const [guardian, known] of Object.entries(castMandates()))
    for (const { personId, name, allowed } of known) {
      const same = mandates[guardian]!.find((mandate) => mandate.personId === personId);
      t.is(same?.name, name);
      if (allowed) t.true(same?.allowed);
    }
});
