import anyTest, { type TestFn } from 'ava';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { story } from '../../core/demo/index.ts';
import { writeBundle, type BundleFiles } from '../core/education/bundle-fixture.ts';
import type { Person } from '../support/browserless.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { until } from './until.ts';

interface Context {
  platform: RunningPlatform;
  folder: string;
  administrator: Person;
  teacher: Person;
}
const test = (anyTest as TestFn<Context>).serial;

anyTest.before(async (t) => {
  t.timeout(400_000);
  const context = t.context as Context;
  context.folder = mkdtempSync(join(tmpdir(), 'digione-roster-story-'));
  context.platform = await runningPlatform();
  context.administrator = await context.platform.signIn(story.administrator.sub, '092', 'staff');
  context.teacher = await context.platform.signIn(story.teacher.sub, '092', 'mpassid');
});
anyTest.after.always(async (t) => {
  const { platform, folder } = t.context as Context;
  await platform?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const at = ',2026-11-24T00:00:00Z,';
const head = 'sourcedId,status,dateLastModified';
const enrollments = `${head},classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate`;
const classes = `${head},title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods`;

async function headersOf(administrator: Person): Promise<Record<string, string>> {
  const { body } = await administrator.api<{ csrf: string }>('GET', '/api/session');
  return { cookie: administrator.cookieHeader(), 'x-csrf-token': body.csrf };
}

/** Sends a bundle as the portal does, waits for its check, loads it: what was told. */
async function bring({ platform, administrator }: Context, bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const sent = await fetch(`${platform.core}/api/municipality/rosters`, {
    method: 'POST',
    headers: { ...(await headersOf(administrator)), 'content-type': 'application/zip' },
    body: bytes,
  });
  const { id } = (await sent.json()) as { id: string };
  const path = `/api/municipality/rosters/${id}`;
  const reached = (state: string) =>
    until(`the roster ${state}`, async () => {
      const { body } = await administrator.api<{ state: string; words: string[] }>('GET', `${path}?language=en`);
      if (body.state === 'failed' || body.state === 'stopped') throw new Error(JSON.stringify(body));
      return body.state === state ? body.words : undefined;
    });
  await administrator.api('POST', `${path}/check`);
  const words = await reached('checked');
  await administrator.api('POST', `${path}/load`, {});
  await reached('loaded');
  return words;
}

async function delta(folder: string, files: BundleFiles): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(readFileSync(await writeBundle(join(folder, 'delta.zip'), files, 'delta')));
}

/** Enrolments of the story's class as the roster names them. */
async function enrolled(platform: RunningPlatform, role: 'student' | 'teacher') {
  const client = new pg.Client({ connectionString: platform.databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `select coalesce(e.source_id, e.id::text) as id, coalesce(c.source_id, c.id::text) as class,
       coalesce(o.source_id, o.id::text) as school, coalesce(p.source_id, p.id::text) as person
     from core.enrollment e join core.class c on c.id = e.class_id join core.org o on o.id = e.school_id
     join core.person p on p.id = e.person_id where e.class_id = $1 and e.role = $2 and e.valid_to is distinct from e.valid_from`,
    [story.class.id, role],
  );
  await client.end();
  return rows as { id: string; class: string; school: string; person: string }[];
}

const listOf = async (teacher: Person, id: string) => {
  const { body, status } = await teacher.api<{ id: string }[]>('GET', `/api/classes/${id}/students`);
  return { status, learners: status === 200 ? body : [] };
};

test('what a municipality downloads it can bring in again, and nothing changes', async (t) => {
  t.timeout(200_000);
  const { platform, administrator } = t.context;
  const answer = await fetch(`${platform.core}/api/municipality/roster-export`, {
    headers: await headersOf(administrator),
  });
  t.is(answer.status, 200);
  t.deepEqual(await bring(t.context, new Uint8Array(await answer.arrayBuffer())), ['No changes']);
});

test('a learner who moves up leaves the old class list and joins the new one, with the next roster', async (t) => {
  t.timeout(200_000);
  const { platform, teacher, folder } = t.context;
  const [first] = await enrolled(platform, 'student');
  const [own] = await enrolled(platform, 'teacher');
  const before = (await listOf(teacher, story.class.id)).learners.length;
  const row = (id: string, person: string, role: string) =>
    `${id},active${at}six-a,${own!.school},${person},${role},true,2026-11-24,`;
  const words = await bring(
    t.context,
    await delta(folder, {
      classes: [classes, `six-a,active${at}6A,6,,,homeroom,,${own!.school},,,,`],
      enrollments: [
        enrollments,
        `${first!.id},tobedeleted${at}${first!.class},${first!.school},${first!.person},student,true,,`,
        row('new-learner', first!.person, 'student'),
        row('new-teacher', own!.person, 'teacher'),
      ],
    }),
  );
  t.is(words[0], '1 new class');
  t.is((await listOf(teacher, story.class.id)).learners.length, before - 1);
  const { body } = await teacher.api<{ id: string; title: string }[]>('GET', '/api/classes');
  const sixth = body.find(({ title }) => title === '6A');
  t.truthy(sixth);
  t.is((await listOf(teacher, sixth!.id)).learners.length, 1);
});

test('a teacher who no longer teaches the class sees neither it nor its learners', async (t) => {
  t.timeout(200_000);
  const { platform, teacher, folder } = t.context;
  const [own] = await enrolled(platform, 'teacher');
  const gone = `${own!.id},tobedeleted${at}${own!.class},${own!.school},${own!.person},teacher,true,,`;
  await bring(t.context, await delta(folder, { enrollments: [enrollments, gone] }));
  const { body } = await teacher.api<{ id: string }[]>('GET', '/api/classes');
  t.false(body.some(({ id }) => id === story.class.id));
  const list = await listOf(teacher, story.class.id);
  t.true(list.status === 404 || list.learners.length === 0, String(list.status));
});
