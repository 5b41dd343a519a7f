import anyTest, { type TestFn } from 'ava';
import { story } from '../../core/demo/index.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { agreementElements, callPlugin, helloClass as plugin, type Listing } from './hello-class.ts';
import { until } from './until.ts';

const test = anyTest as TestFn<{ platform: RunningPlatform }>;

test.before(async (t) => {
  t.timeout(400_000);
  t.context.platform = await runningPlatform();
});
test.after.always(async (t) => t.context.platform?.[Symbol.asyncDispose]());

interface Consent {
  plugin: string;
  purpose: string;
  state: string;
  notice: { hash: string };
}

test('a plugin goes from its vendor to a class, and a family sees and steers what it does', async (t) => {
  t.timeout(400_000);
  const { platform } = t.context;

  // 1–2. The vendor's tools have published it at the first start; a reviewer of the coordinating company approves it.
  const reviewer = await platform.signIn(story.reviewer.sub, '000', 'staff');
  const queue = await until('the plugin in the queue', async () => {
    const { body } = await reviewer.api<{ items: { plugin: string; version: string; state: string }[] }>(
      'GET',
      '/api/review/queue',
    );
    return body.items?.find((item) => item.plugin === plugin && item.state === 'in-review');
  });
  t.is(queue.version, '1.0.0');
  const sheet = await reviewer.api<{ checks: { ok: boolean }[] }>('GET', `/api/review/${plugin}/1.0.0`);
  t.is(sheet.status, 200);
  t.true(sheet.body.checks.length > 5);
  const approved = await reviewer.api('POST', `/api/review/${plugin}/1.0.0/decision`, {
    decision: 'approve',
    reason: 'All checks are green and the terms are clear.',
  });
  t.is(approved.status, 200, JSON.stringify(approved.body));
  await until('the plugin in the public catalogue', async () => {
    const { body } = await platform.stranger().api<{ items: { plugin: string }[] }>('GET', '/api/catalogue');
    return body.items?.find((item) => item.plugin === plugin);
  });

  // 3. The municipality's administrator accepts its agreement, with consent as the basis of the notes, and enables it in one school.
  const administrator = await platform.signIn(story.administrator.sub, '092', 'staff');
  const detail = await administrator.api<{ terms: unknown }>('GET', `/api/catalogue/${plugin}`);
  t.is(detail.status, 200);
  const tooEarly = await administrator.api('POST', '/api/municipality/enablements', {
    plugin,
    school: story.school.id,
  });
  t.is(tooEarly.code, 'agreement-missing');
  const agreement = await administrator.api('POST', '/api/municipality/agreements', {
    plugin,
    version: '1.0.0',
    elements: agreementElements,
  });
  t.is(agreement.status, 201, JSON.stringify(agreement.body));
  const enabled = await administrator.api<{ id: string }>('POST', '/api/municipality/enablements', {
    plugin,
    school: story.school.id,
  });
  t.is(enabled.status, 201, JSON.stringify(enabled.body));

  // 4. The teacher opens it: the class, no notes yet, since no family has consented.
  const teacher = await platform.signIn(story.teacher.sub, '092', 'mpassid');
  const home = await teacher.api<{ plugin: string }[]>('GET', '/api/school/plugins');
  t.deepEqual(
    home.body.map((item) => item.plugin),
    [plugin],
  );
  const tile = await teacher.api<{ view: object }>('GET', `/api/plugins/${plugin}/tiles/home`);
  t.is(tile.status, 200, JSON.stringify(tile.body));
  const page = await teacher.api<{ url: string }>('GET', `/api/plugins/${plugin}/pages/main`);
  const html = await fetch(page.body.url);
  t.is(html.status, 200);
  t.regex(html.headers.get('content-security-policy') ?? '', /connect-src 'none'/);
  const first = await callPlugin<Listing>(teacher, 'todaysClass', { class: undefined });
  t.is(first.status, 200, JSON.stringify(first.body));
  const { classes } = first.body.value;
  const own = classes.find((entry) => entry.title === story.class.title)!;
  t.truthy(own, JSON.stringify(first.body).slice(0, 1_500));
  const before = (await callPlugin<Listing>(teacher, 'todaysClass', { class: own.id })).body.value;
  t.is(before.students.length, story.class.learners);
  t.true(before.students.every(({ noteAllowed }) => !noteAllowed));
  const aada = before.students.find(({ name }) => name.endsWith(' Aada'))!;
  t.not(aada.id, story.child.personId, 'a plugin sees pairwise ids only');
  const forbidden = await callPlugin<{ saved: boolean }>(teacher, 'saveNote', {
    student: aada.id,
    text: 'Reads well',
  });
  t.deepEqual(forbidden.body.value, { saved: false });

  // 5. The guardian gives the consent.
  const guardian = await platform.signIn(story.guardian.sub, '092', 'suomifi');
  const children = await guardian.api<{ id: string; name: string }[]>('GET', '/api/family/children');
  const child = children.body.find(({ name }) => name.startsWith('Aada'))!;
  t.truthy(child, JSON.stringify(children.body));
  const consents = () => guardian.api<Consent[]>('GET', `/api/family/children/${child.id}/consents`);
  const asked = (await consents()).body.find((consent) => consent.plugin === plugin)!;
  t.is(asked.purpose, 'class-notes');
  const decide = (decision: string) =>
    guardian.api('POST', `/api/family/children/${child.id}/consents`, {
      plugin,
      purpose: 'class-notes',
      decision,
      notice: asked.notice.hash,
    });
  const given = await decide('give');
  t.true(given.status < 300, JSON.stringify(given.body));

  // The teacher's next call may write the note, and reads it again.
  const saved = await callPlugin(teacher, 'saveNote', { student: aada.id, text: 'Reads well' });
  t.is(saved.status, 200, JSON.stringify(saved.body));
  const withNote = (await callPlugin<Listing>(teacher, 'todaysClass', { class: own.id })).body.value;
  t.is(withNote.students.find(({ id }) => id === aada.id)?.note, 'Reads well');
  t.is(withNote.students.filter(({ noteAllowed }) => noteAllowed).length, 1);

  // The guardian sees who read what and why.
  const reads = await guardian.api<{
    items: { plugin?: string; who: { role: string }; fields: { element: string }[] }[];
  }>('GET', `/api/family/children/${child.id}/reads`);
  const read = reads.body.items.find(
    (item) => item.plugin === plugin && item.fields.some(({ element }) => element === 'students.familyName'),
  )!;
  t.truthy(read, JSON.stringify(reads.body).slice(0, 2_000));
  t.is(read.who.role, 'teacher');
  t.false(JSON.stringify(reads.body).includes('Reads well'));

  // 6. Withdrawn: the very next call shows it.
  t.true((await decide('withdraw')).status < 300);
  const after = (await callPlugin<Listing>(teacher, 'todaysClass', { class: own.id })).body.value;
  t.is(after.students.length, story.class.learners, 'refusing consent never takes a learner from the class list');
  t.is(after.students.find(({ id }) => id === aada.id)?.note, '');
  t.false(after.students.find(({ id }) => id === aada.id)?.noteAllowed);

  // 7. Stopped: calls are refused, never answered with an empty list.
  const stopped = await administrator.api('POST', `/api/municipality/enablements/${enabled.body.id}/stop`, {
    reason: 'Checking a question of the data protection officer.',
  });
  t.true(stopped.status < 300, JSON.stringify(stopped.body));
  const refused = await callPlugin(teacher, 'todaysClass', { class: own.id });
  t.is(refused.code, 'plugin-stopped');
  t.true((await administrator.api('POST', `/api/municipality/enablements/${enabled.body.id}/resume`)).status < 300);
  t.is((await callPlugin(teacher, 'todaysClass', { class: own.id })).status, 200);
});
