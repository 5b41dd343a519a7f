import { createHash } from 'node:crypto';
import test from 'ava';
import { askExport } from '../../../core/rights/export/exports.ts';
import { municipality } from '../access/plant-world.ts';
import { people } from '../access/small-world.ts';
import {
  agreedPlugin,
  aino,
  archiveOf,
  elsewhere,
  father,
  fresh,
  keepNote,
  mother,
  noteValues,
  officer,
  rightsWorld,
  type RightsWorld,
} from './rights-world.ts';

const path = `/api/family/children/${people.aino}/exports`;
const consented = {
  person: people.aino,
  plugin: agreedPlugin,
  purpose: 'notes',
  consentMajor: 1,
  valid: true,
  elements: ['storage.notes'],
};

async function exported(
  world: RightsWorld,
  who = mother,
  at = path,
): Promise<{ id: string; files: Map<string, string> }> {
  const asked = await world.service.send(who, 'POST', at);
  if (asked.status !== 201) throw new Error(JSON.stringify(asked.body));
  await world.work();
  const id = asked.body['id'] as string;
  return { id, files: await archiveOf(world, who, id) };
}

interface Mark {
  source: string;
  file: string;
  rows: number;
  sha256: string;
  completeness: string;
  withheld: { rule: string; rows: number | null; fields: string[] }[];
}

const manifestOf = (files: Map<string, string>) =>
  JSON.parse(files.get('manifest.json')!) as { sources: Mark[]; for: string };
const rowsOf = (files: Map<string, string>, source: string) =>
  JSON.parse(files.get(`data/${source}.json`)!) as Record<string, unknown>[];

test('a guardian gets everything about the child, readable and as data, with marks that fit the files', async (t) => {
  await using world = await rightsWorld({ world: { consents: [consented] } });
  await world.sql(keepNote, noteValues('n1', { text: 'Reads <b>well</b>' }));
  const { id, files } = await exported(world);
  const { sources } = manifestOf(files);
  for (const mark of sources) {
    const file = files.get(mark.file)!;
    t.is(createHash('sha256').update(file).digest('hex'), mark.sha256, mark.source);
    t.is(JSON.parse(file).length, mark.rows, mark.source);
    t.true(files.has(`pages/${mark.source}.html`), mark.source);
  }
  t.like(rowsOf(files, 'person')[0]!, { givenName: 'Given 1', email: 'learner@example.fi' });
  t.deepEqual(
    rowsOf(files, 'documents').map(({ content }) => content),
    [{ text: 'Reads <b>well</b>' }],
  );
  t.false(files.get('pages/documents.html')!.includes('<b>well'), 'what a plugin wrote is text, never markup');
  t.regex(files.get('index.html')!, /<html lang="en">/);
  t.true(rowsOf(files, 'audit').some(({ action }) => action === 'rights.export'));
  const { body } = await world.service.send(mother, 'GET', path);
  t.like((body as unknown as object[])[0]!, { id, state: 'ready' });
});

test('the other guardian stays a stranger: no name, contact or word of theirs, and a mark that says so', async (t) => {
  await using world = await rightsWorld();
  await world.sql(
    `insert into family_case (municipality_id, id, person_id, asked_by, asked_role, question, asked_at)
     values ($1, gen_random_uuid(), $2, $3, 'guardian', 'Where is she on Fridays?', now())`,
    [municipality, people.aino, people.father],
  );
  const { files } = await exported(world);
  t.is(rowsOf(files, 'guardians').length, 1);
  t.deepEqual(rowsOf(files, 'questions'), []);
  for (const [name, content] of files) {
    t.false(content.includes('Where is she'), name);
    t.false(content.includes(people.father), name);
  }
  const marks = manifestOf(files).sources;
  t.like(marks.find(({ source }) => source === 'guardians')!, { completeness: 'partly' });
  t.deepEqual(
    marks.find(({ source }) => source === 'questions')!.withheld.map(({ rule, rows }) => [rule, rows]),
    [['other-person', null]],
    'the same mark whether or not there is such a question',
  );
});

test('a non-disclosure order keeps address, contacts, school and class from a guardian who is off its list', async (t) => {
  await using world = await rightsWorld({
    world: { protections: [{ person: people.aino, kind: 'non-disclosure', span: { from: '2026-08-01' } }] },
  });
  const { files } = await exported(world);
  const [person] = rowsOf(files, 'person');
  t.deepEqual(
    Object.keys(person!).filter((field) => ['email', 'phone', 'address', 'photo'].includes(field)),
    [],
  );
  t.deepEqual(Object.keys(rowsOf(files, 'enrolments')[0]!).sort(), ['from', 'role', 'to']);
  t.false([...files.values()].some((content) => content.includes('Street 1') || content.includes('7A')));
  const mark = manifestOf(files).sources.find(({ source }) => source === 'person')!;
  t.deepEqual(mark.withheld[0]!.fields, ['email', 'phone', 'address', 'photo']);
  t.is(mark.withheld[0]!.rule, 'non-disclosure');
});

test('a consent that is withdrawn while an export runs takes effect in the rest of it', async (t) => {
  await using world = await rightsWorld({ world: { consents: [consented] }, pageSize: 2 });
  for (const n of [1, 2, 3, 4, 5]) await world.sql(keepNote, noteValues(`n${n}`, { text: `note ${n}` }));
  const { id } = await askExport(world.rights.deps, mother, { person: people.aino, language: 'en' });
  // Collected by hand up to the first page of the notes, as a node that was stopped there leaves it.
  await world.pages(id, async () => {
    const [row] = await world.sql<{ n: number }>(
      `select sum(rows)::int as n from subject_export_page where source = 'documents'`,
    );
    return (row?.n ?? 0) >= 2;
  });
  await world.sql(`update consent_state set valid = false, state = 'ConsentWithdrawn'`);
  await world.work();
  const files = await archiveOf(world, mother, id);
  t.is(rowsOf(files, 'documents').length, 2);
  const mark = manifestOf(files).sources.find(({ source }) => source === 'documents')!;
  t.deepEqual(
    mark.withheld.map(({ rule, rows }) => [rule, rows]),
    [['consent', 3]],
  );
});

test('a guardian who is barred while an export runs gets nothing of it', async (t) => {
  await using world = await rightsWorld({ pageSize: 2 });
  const { id } = await askExport(world.rights.deps, mother, { person: people.aino, language: 'en' });
  await world.pages(id, async () => (await world.sql('select 1 from subject_export_page')).length >= 3);
  await world.sql(
    `insert into protection (municipality_id, id, person_id, kind, against_person_id, source, valid_from)
     values ($1, gen_random_uuid(), $2, 'custody', $3, 'court', '2026-11-01')`,
    [municipality, people.aino, people.mother],
  );
  await world.work();
  t.like((await world.sql('select state, code from subject_export'))[0]!, { state: 'stopped', code: 'not-found' });
  t.deepEqual(await world.sql('select 1 from subject_export_page'), []);
  const { status } = await world.service.send(mother, 'GET', `/api/rights/exports/${id}/archive`);
  t.is(status, 404);
});

test('a download that is ready is refused and deleted for whoever was barred since', async (t) => {
  await using world = await rightsWorld();
  const { id } = await exported(world);
  await world.sql(`update guardianship set can_decide = false where guardian_id = $1`, [people.mother]);
  const refused = await world.service.send(mother, 'GET', `/api/rights/exports/${id}/archive`);
  t.is(refused.body.code, 'not-allowed');
  t.deepEqual(await world.sql('select 1 from subject_export_page'), []);
});

test('an export expires: the download is refused and its pages are deleted', async (t) => {
  await using world = await rightsWorld();
  const { id } = await exported(world);
  await world.sql(`update subject_export set expires_at = now() - interval '1 minute'`);
  const refused = await world.service.send(mother, 'GET', `/api/rights/exports/${id}/archive`);
  t.deepEqual([refused.status, refused.body.code], [410, 'export-gone']);
  await world.work();
  t.like((await world.sql('select state from subject_export'))[0]!, { state: 'expired' });
  t.deepEqual(await world.sql('select 1 from subject_export_page'), []);
});

test('who may not: under 13, without the right to decide, with an old sign-in, from another family or municipality', async (t) => {
  await using world = await rightsWorld();
  const code = async (...[who, at = path]: [typeof mother, string?]) =>
    (await world.service.send(who, 'POST', at)).body.code;
  t.is(await code(aino, '/api/family/children/me/exports'), 'not-allowed');
  const stale = { ...mother, session: 'stale', authTime: new Date(Date.now() - 6 * 60_000) };
  t.is(await code(stale), 'fresh-sign-in-needed');
  t.is(await code(fresh('teacher', 'teacher')), 'not-found');
  t.is(await code(fresh('principal', 'principal')), 'not-found');
  t.is(await code(mother, `/api/family/children/${people.eero}/exports`), 'not-found');
  t.is(await code(elsewhere), 'not-found');
  await world.sql(`update guardianship set can_decide = false where guardian_id = $1`, [people.father]);
  t.is(await code(father), 'not-allowed');
  const { id } = await exported(world);
  t.is((await world.service.send(father, 'GET', `/api/rights/exports/${id}/archive`)).status, 404);
  const old = await world.service.send(stale, 'GET', `/api/rights/exports/${id}/archive`);
  t.is(old.body.code, 'fresh-sign-in-needed');
  t.is(await code(mother), undefined);
  t.is(await code(mother), 'conflict', 'one at a time');
});

test('a learner of 13 gets their own, a teacher theirs, and the officer on behalf of somebody by learner number', async (t) => {
  await using world = await rightsWorld({ world: { birthDate: '2013-11-24' } });
  const own = await exported(world, aino, '/api/family/children/me/exports');
  t.is(manifestOf(own.files).for, 'self');
  const teacher = await exported(world, fresh('teacher', 'teacher'), '/api/family/children/me/exports');
  t.is(rowsOf(teacher.files, 'roles').length, 1);
  await world.sql(`insert into person_identifier values ($1, 'learner-number', '1.2.246.562.24.1', $2)`, [
    municipality,
    people.aino,
  ]);
  const asked = await world.service.send(officer, 'POST', '/api/officer/exports', {
    learnerNumber: '1.2.246.562.24.1',
    onBehalf: 'Letter of 20 November',
  });
  t.is(asked.status, 201, JSON.stringify(asked.body));
  await world.work();
  const files = await archiveOf(world, officer, asked.body['id'] as string);
  t.is(manifestOf(files).for, 'officer');
  t.true(
    rowsOf(files, 'audit').some(({ action, byRole }) => action === 'rights.read' && byRole === 'dataProtectionOfficer'),
  );
  const nobody = { learnerNumber: '1.2.246.562.24.9', onBehalf: 'Letter' };
  t.is((await world.service.send(officer, 'POST', '/api/officer/exports', nobody)).body.code, 'not-found');
  t.is((await world.service.send(mother, 'POST', '/api/officer/exports', nobody)).body.code, 'not-allowed');
});

test('each page of an export is decided and logged in its own transaction', async (t) => {
  await using world = await rightsWorld();
  await exported(world);
  const [row] = await world.sql<{ looks: number; pages: number }>(
    `select (select count(*)::int from audit_event where action = 'family.read' and purpose = 'own-data' and $1 = any(subjects)) as looks,
       (select count(*)::int from subject_export_page where file is null) as pages`,
    [people.aino],
  );
  t.is(row!.looks, row!.pages + 1, 'every page, and the end');
});
