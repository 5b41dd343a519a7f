import test from 'ava';
import { manifestOf, writeBundle } from './bundle-fixture.ts';
import { changed, smallSchool } from './small-school.ts';
import { confirmed, openTowns, type Towns } from './towns.ts';

let towns: Towns;

test.before(async () => {
  towns = await openTowns();
});

test.after.always(() => towns[Symbol.asyncDispose]());

/** One cell or line that is wrong, what the import says about it, and how many users there are after it. */
const messes = [
  {
    what: 'a Finnish date is understood',
    files: changed({ demographics: { l1: 'l1,,,1.3.2015,' } }),
    problem: {
      file: 'demographics.csv',
      line: 2,
      column: 'birthDate',
      value: '1.3.2015',
      reason: 'odd-spelling',
      action: 'corrected',
    },
  },
  {
    what: 'a date that does not exist is left out',
    files: changed({ demographics: { l1: 'l1,,,2015-02-30,' } }),
    problem: {
      file: 'demographics.csv',
      line: 2,
      column: 'birthDate',
      value: '2015-02-30',
      reason: 'bad-date',
      action: 'value-left-out',
    },
  },
  {
    what: 'an enum in the wrong case is understood',
    files: changed({ roles: { r1: 'r1,,,t1,primary,TEACHER,2026-08-01,,s,' } }),
    problem: {
      file: 'roles.csv',
      line: 2,
      column: 'role',
      value: 'TEACHER',
      reason: 'odd-spelling',
      action: 'corrected',
    },
  },
  {
    what: 'an unknown enum leaves the row out',
    files: changed({ roles: { r1: 'r1,,,t1,primary,wizard,2026-08-01,,s,' } }),
    problem: {
      file: 'roles.csv',
      line: 2,
      column: 'role',
      value: 'wizard',
      reason: 'bad-enum',
      action: 'row-left-out',
    },
  },
  {
    what: 'a missing name leaves the row out',
    files: changed({ users: { x: 'x,,,true,,,,Nimetön,,,' } }),
    problem: {
      file: 'users.csv',
      line: 8,
      column: 'givenName',
      value: '',
      reason: 'missing-value',
      action: 'row-left-out',
    },
  },
  {
    what: 'an id with a space leaves the row out',
    files: changed({ users: { 'x y': 'x y,,,true,,,Mikko,Väärä,,,' } }),
    problem: {
      file: 'users.csv',
      line: 8,
      column: 'sourcedId',
      value: 'x y',
      reason: 'bad-id',
      action: 'row-left-out',
    },
  },
  {
    what: 'the second row of an id is left out',
    files: { ...smallSchool, users: [...smallSchool.users, 'l1,,,true,,,Toinen,Sama,,,'] },
    problem: {
      file: 'users.csv',
      line: 8,
      column: 'sourcedId',
      value: 'l1',
      reason: 'duplicate-id',
      action: 'row-left-out',
    },
  },
  {
    what: 'a learner number that another row has is left out',
    files: changed({ users: { x: 'x,,,true,,,Toinen,Sama,,,1.2.246.562.99.24.1' } }),
    users: 7,
    problem: {
      file: 'users.csv',
      line: 8,
      column: 'userMasterIdentifier',
      reason: 'duplicate-identifier',
      action: 'value-left-out',
    },
  },
  {
    what: 'a reference to nobody leaves the row out',
    files: changed({ enrollments: { e2: 'e2,,,c5,s,nobody,student,true,2026-08-01,2027-08-01' } }),
    problem: {
      file: 'enrollments.csv',
      line: 3,
      column: 'userSourcedId',
      value: 'nobody',
      reason: 'unknown-reference',
      action: 'row-left-out',
    },
  },
  {
    what: 'an end before the start leaves the row out',
    files: changed({ enrollments: { e2: 'e2,,,c5,s,l1,student,true,2026-08-01,2026-08-01' } }),
    problem: {
      file: 'enrollments.csv',
      line: 3,
      column: 'endDate',
      value: '2026-08-01',
      reason: 'ends-before-start',
      action: 'row-left-out',
    },
  },
  {
    what: 'a row with too few columns is left out',
    files: changed({ users: { x: 'x,,,true' } }),
    problem: {
      file: 'users.csv',
      line: 8,
      column: '',
      value: '4',
      reason: 'wrong-column-count',
      action: 'row-left-out',
    },
  },
  {
    what: 'an agent who is no guardian is left out',
    files: changed({ users: { l3: 'l3,,,true,,,Čuosti,Šđŋŧž,,l1,1.2.246.562.99.24.3' } }),
    problem: {
      file: 'users.csv',
      line: 5,
      column: 'agentSourcedIds',
      value: 'l1',
      reason: 'not-a-guardian',
      action: 'value-left-out',
    },
  },
  {
    what: 'a header in odd spelling is understood',
    files: { ...smallSchool, demographics: ['SourcedID,status,dateLastModified,birth_date', 'l1,,,2015-03-01'] },
    problem: {
      file: 'demographics.csv',
      line: 1,
      column: 'SourcedID',
      value: 'SourcedID',
      reason: 'odd-spelling',
      action: 'corrected',
    },
  },
  {
    what: 'a column that nobody knows is left out',
    files: {
      ...smallSchool,
      demographics: ['sourcedId,status,dateLastModified,birthDate,shoeSize', 'l1,,,2015-03-01,36'],
    },
    problem: {
      file: 'demographics.csv',
      line: 1,
      column: 'shoeSize',
      value: 'shoeSize',
      reason: 'unknown-column',
      action: 'value-left-out',
    },
  },
  {
    what: 'a file without a column that it needs is left out',
    files: { ...smallSchool, enrollments: ['sourcedId,status,dateLastModified,classSourcedId', 'e1,,,c5'] },
    problem: {
      file: 'enrollments.csv',
      line: 1,
      column: 'schoolSourcedId',
      value: '',
      reason: 'missing-column',
      action: 'file-left-out',
    },
  },
  {
    what: 'semicolons are understood',
    files: { ...smallSchool, demographics: ['sourcedId;status;dateLastModified;birthDate', 'l1;;;2015-03-01'] },
    problem: { file: 'demographics.csv', line: 1, column: '', value: ';', reason: 'odd-spelling', action: 'corrected' },
  },
  {
    what: 'text that is not UTF-8 leaves the row out',
    files: {
      ...smallSchool,
      users: Buffer.concat([
        Buffer.from(`${smallSchool.users.join('\n')}\nx,,,true,,,P`),
        Buffer.from([0xe4]),
        Buffer.from('r,Latin,,,\n'),
      ]),
    },
    problem: { file: 'users.csv', line: 8, column: 'givenName', reason: 'not-utf-8', action: 'row-left-out' },
  },
  {
    what: 'a file that the manifest does not name is left out',
    files: {
      ...smallSchool,
      secrets: ['a,b'],
      manifest: manifestOf(Object.fromEntries(Object.keys(smallSchool).map((name) => [name, 'bulk']))),
    },
    problem: { file: 'secrets.csv', line: 0, column: '', value: '', reason: 'unknown-file', action: 'file-left-out' },
  },
  {
    what: 'a standard file that nothing reads is recognised and left out',
    files: { ...smallSchool, resources: ['sourcedId,status', 'a,'] },
    problem: { file: 'resources.csv', line: 0, column: '', value: '', reason: 'not-kept', action: 'file-left-out' },
  },
] as const;

for (const { what, files, problem, ...more } of messes) {
  test(`${what}, the rest is loaded`, async (t) => {
    const town = await towns.add();
    const report = await town.load(files, confirmed);
    t.is(report.outcome, 'loaded');
    t.like(report.problems[0], problem);
    t.is((await town.rows('select id from person')).length, 'users' in more ? more.users : 6);
  });
}

test('a quote that is never closed: the file is left out, and nobody is taken for gone', async (t) => {
  const town = await towns.add();
  await town.load(smallSchool, confirmed);
  const broken = {
    ...smallSchool,
    users: [...smallSchool.users.slice(0, 3), 'l2,,,true,,,"Eino,Örri,,g1,', ...smallSchool.users.slice(4)],
  };
  const report = await town.load(broken);
  t.is(report.outcome, 'loaded');
  t.like(report.problems[0], { file: 'users.csv', reason: 'unclosed-quote', action: 'file-left-out' });
  t.is((await town.rows(`select id from person where status = 'active'`)).length, 6);
});

test('a row that is left out does not remove whom it is about', async (t) => {
  const town = await towns.add();
  await town.load(smallSchool, confirmed);
  const report = await town.load(changed({ users: { l1: 'l1,,,true,,,,Nimetön,,,' } }));
  t.like(report.counts, { users: { removed: 0 }, guardianships: { removed: 0 } });
});

const refusals = [
  ['no zip at all', Buffer.from('sourcedId,status'), /not a zip/],
  ['an empty file', Buffer.alloc(0), /not a zip/],
] as const;

for (const [what, bytes, message] of refusals) {
  test(`${what} is refused`, async (t) => {
    const town = await towns.add();
    const { writeFile } = await import('node:fs/promises');
    const path = towns.path(`${town.id}.bin`);
    await writeFile(path, bytes);
    await t.throwsAsync(town.loadPath(path), { message });
  });
}

test('a bundle without a manifest, of another version, or with nothing to load is refused', async (t) => {
  const town = await towns.add();
  const manifest = manifestOf({ users: 'bulk' });
  await t.throwsAsync(
    town.load({ ...smallSchool, manifest: manifest.replace('oneroster.version,1.2', 'oneroster.version,1.1') }),
    {
      message: /oneroster.version=1.1/,
    },
  );
  await t.throwsAsync(town.load({ ...smallSchool, manifest: manifestOf({}) }), {
    message: /no file that can be loaded/,
  });
});

test('a zip bomb and too many files are refused before anything is read', async (t) => {
  const town = await towns.add();
  const bomb = await writeBundle(towns.path('bomb.zip'), { users: Buffer.alloc(8 * 2 ** 20, 'a') });
  await t.throwsAsync(town.loadPath(bomb), { message: /unpacks to far more/ });
  const many = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`f${index}`, 'x']));
  await t.throwsAsync(town.load(many), { message: /at most 64 files/ });
  await t.throwsAsync(town.load(smallSchool, { limits: { entries: 64, bytes: 100, ratio: 400 } }), {
    message: /larger than/,
  });
});
