import anyTest, { type TestFn } from 'ava';
import type { Browser } from 'playwright-core';
import pg from 'pg';
import { story } from '../../core/demo/index.ts';
import { unzip } from '../core/rights/rights-world.ts';
import type { Person } from '../support/browserless.ts';
import { launchChromium } from '../support/chromium.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { visitorAs } from '../support/portal-visitor.ts';
import { callPlugin, enabledInSchool, helloClass as plugin, type Listing } from './hello-class.ts';
import { secondNode } from './second-node.ts';
import { until } from './until.ts';

interface Context {
  platform: RunningPlatform;
  browser: Browser;
  teacher: Person;
}
const test = (anyTest as TestFn<Context>).serial;
const { municipality, child, sharedChild, nonDisclosure } = story;

anyTest.before(async (t) => {
  t.timeout(400_000);
  const context = t.context as Context;
  context.platform = await runningPlatform();
  context.browser = await launchChromium();
  await enabledInSchool(context.platform);
  context.teacher = await context.platform.signIn(story.teacher.sub, '092', 'mpassid');
});
anyTest.after.always(async (t) => {
  const { browser, platform } = t.context as Context;
  await browser?.close();
  await platform?.[Symbol.asyncDispose]();
});

/** What a register or a court did, which no page of ours does. */
async function register(platform: RunningPlatform, text: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: platform.databaseUrl });
  await client.connect();
  await client.query('set search_path to core, public');
  await client.query(text, values);
  await client.end();
}

interface Consent {
  plugin: string;
  purpose: string;
  state: string;
  notice: { hash: string };
  may: { give: boolean; refuse: boolean; withdraw: boolean };
}

const consentOf = async (person: Person, of: string) => {
  const { body } = await person.api<Consent[]>('GET', `/api/family/children/${of}/consents`);
  return body.find((one) => one.plugin === plugin && one.purpose === 'class-notes')!;
};
const decide = async (person: Person, of: string, decision: string) =>
  person.api<{ state: string }>('POST', `/api/family/children/${of}/consents`, {
    plugin,
    purpose: 'class-notes',
    decision,
    notice: (await consentOf(person, of)).notice.hash,
  });
const guardian = (platform: RunningPlatform, sub: string) => platform.signIn(sub, '092', 'suomifi');
/** Nobody's, where the person has no role of a guardian. */
const childrenOf = async (person: Person) => {
  const { status, body } = await person.api<{ id: string; name: string }[]>('GET', '/api/family/children');
  return status === 200 ? body : [];
};

async function listOf(teacher: Person) {
  const { classes } = (await callPlugin<Listing>(teacher, 'todaysClass', { class: undefined })).body.value;
  const own = classes.find(({ title }) => title === story.class.title)!;
  return (await callPlugin<Listing>(teacher, 'todaysClass', { class: own.id })).body.value.students;
}
const named = async (teacher: Person, given: string) =>
  (await listOf(teacher)).find(({ name }) => name.endsWith(` ${given}`))!;

/** The same person's session at another node. */
async function at<T>(
  origin: string,
  person: Person,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const cookie = person.cookieHeader();
  const { csrf } = (await (await fetch(`${origin}/api/session`, { headers: { cookie } })).json()) as { csrf: string };
  const headers = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(`${origin}${path}`, init);
  return { status: answer.status, body: (await answer.json()) as T };
}

test('two guardians disagree: one no beats the yes, the notes are out of sight, and neither learns why', async (t) => {
  t.timeout(300_000);
  const { platform, browser, teacher } = t.context;
  const mikko = await guardian(platform, story.guardian.sub);
  const values = [municipality.id, story.guardian.personId, sharedChild.personId];
  await register(
    platform,
    `insert into core.guardianship (municipality_id, id, guardian_id, child_id, legal, can_see, can_decide, notify, source, valid_from)
     values ($1, gen_random_uuid(), $2, $3, true, true, true, true, 'court', '2026-08-01')`,
    values,
  );
  await register(
    platform,
    `insert into core.mandate (municipality_id, guardian_id, child_id, allowed, source, checked_at, valid_until)
     values ($1, $2, $3, true, 'suomifi', now(), now() + interval '1 day')`,
    values,
  );
  const hanna = await guardian(platform, story.otherGuardian.sub);
  t.is((await decide(hanna, sharedChild.personId, 'give')).body.state, 'ConsentGiven');
  const oliver = await named(teacher, 'Oliver');
  await callPlugin(teacher, 'saveNote', { student: oliver.id, text: 'Counts quickly' });
  t.is((await named(teacher, 'Oliver')).note, 'Counts quickly');

  t.is((await decide(mikko, sharedChild.personId, 'refuse')).body.state, 'Disputed');
  const after = await named(teacher, 'Oliver');
  t.is(after.note, '');
  t.false(after.noteAllowed);
  const seenByHanna = JSON.stringify(
    (await hanna.api('GET', `/api/family/children/${sharedChild.personId}/consents`)).body,
  );
  t.regex(seenByHanna, /Disputed/);
  t.notRegex(seenByHanna, /Mikko|Salmenperä/);

  const who = { sub: story.otherGuardian.sub, municipality: '092', kind: 'suomifi' } as const;
  await using guest = await visitorAs({ browser, platform, phone: true }, who);
  await guest.page.goto(`${platform.core}/family/${sharedChild.personId}/consents`);
  await guest.speak('EN');
  await guest.page
    .getByText(/disagree/i)
    .first()
    .waitFor();
  t.notRegex(await guest.page.locator('main').innerText(), /Mikko|Salmenperä/);
  t.deepEqual(await guest.barriers(), []);
  t.deepEqual(guest.faults, []);
});

test('a protected learner leaves no place behind: lists, counts, search, timetable, notices and another guardian', async (t) => {
  t.timeout(300_000);
  const { platform, browser, teacher } = t.context;
  const { personId } = nonDisclosure;
  const answers: Record<string, unknown> = {};
  const look = async (name: string, person: Person, path: string) => {
    answers[name] = (await person.api('GET', path)).body;
  };
  await look('list', teacher, `/api/classes/${story.class.id}/students`);
  await look('timetable', teacher, '/api/calendarEvents?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z');
  const principal = await platform.signIn(story.principal.sub, '092', 'mpassid');
  await look('list of the principal', principal, `/api/classes/${story.class.id}/students`);
  const secrets = await secretsOf(platform, personId);
  t.true(secrets.length > 0, 'the learner has contacts that can be given away');
  for (const [name, body] of Object.entries(answers))
    for (const secret of secrets) t.false(JSON.stringify(body ?? null).includes(secret), `${name} has ${secret}`);
  t.notRegex(JSON.stringify(answers), /non-?disclosure|turvakielto|protect/i, 'not even that there is an order');

  // Somebody whom the court let see the child, and who is on no list of those who may know the place.
  const mikko = await guardian(platform, story.guardian.sub);
  await register(
    platform,
    `insert into core.guardianship (municipality_id, id, guardian_id, child_id, legal, can_see, can_decide, notify, source, valid_from)
     values ($1, gen_random_uuid(), $2, $3, true, true, false, true, 'court', '2026-08-01')`,
    [municipality.id, story.guardian.personId, personId],
  );
  const mine = await mikko.api<{ id: string; school: unknown; class: unknown }[]>('GET', '/api/family/children');
  t.like(
    mine.body.find(({ id }) => id === personId),
    { school: null, class: null },
  );
  const own = ['consents', 'plugins', 'absences', 'viewers', 'reads'].map(
    (page) => `/api/family/children/${personId}/${page}`,
  );
  for (const path of [...own, '/api/inbox', '/api/notifications', '/api/family/children']) {
    const text = JSON.stringify((await mikko.api('GET', path)).body ?? null);
    for (const secret of secrets) t.false(text.includes(secret), `${path} has ${secret}`);
    if (path.includes(personId)) t.false(text.includes('Kuusipol'), `${path} names the school`);
  }
  const unseen = JSON.stringify((await mikko.api('GET', `/api/family/children/${personId}/reads`)).body);
  t.notRegex(unseen, /"name":"(?!null)[^"]*Elina/, 'the teacher is not named');

  const who = { sub: story.guardian.sub, municipality: '092', kind: 'suomifi' } as const;
  await using guest = await visitorAs({ browser, platform, phone: true }, who);
  await guest.speak('EN');
  await guest.page.getByRole('link', { name: /^Siiri/ }).click();
  await guest.page.getByRole('heading', { level: 1 }).waitFor();
  for (const tab of ['', '/consents', '/reads', '/data', '/absences']) {
    await guest.page.goto(`${platform.core}/family/${personId}${tab}`);
    await guest.page.getByRole('heading', { level: 1 }).waitFor();
    await guest.page.waitForLoadState('networkidle');
    const text = await guest.page.locator('main').innerText();
    t.notRegex(text, /Kuusipol|5A/, tab);
    for (const secret of secrets) t.false(text.includes(secret), `${tab} shows ${secret}`);
  }
  t.deepEqual(guest.faults, []);
});

test('break-glass: a reason and a second person open the contacts, and the data protection officer is told', async (t) => {
  t.timeout(200_000);
  const { platform } = t.context;
  const teacher = await platform.signIn(story.teacher.sub, '092', 'mpassid');
  const asked = await teacher.api<{ id: string }>('POST', '/api/emergency', {
    learner: nonDisclosure.personId,
    reason: 'Taken ill on the school trip, the hospital asks.',
  });
  t.is(asked.status, 201, JSON.stringify(asked.body));
  const path = `/api/emergency/${asked.body.id}`;
  t.is((await teacher.api('GET', `${path}/contacts`)).code, 'not-allowed');
  t.is((await teacher.api('POST', `${path}/open`)).code, 'not-allowed', 'nobody opens for themselves');
  const principal = await platform.signIn(story.principal.sub, '092', 'mpassid');
  t.is((await principal.api('POST', `${path}/open`)).status, 204);
  const opened = await teacher.api<{ learner: object }>('GET', `${path}/contacts`);
  t.is(opened.status, 200);
  const officer = await platform.signIn(story.dataProtectionOfficer.sub, '092', 'staff');
  const list = await officer.api<{ items: { id: string; isNoted: boolean }[] }>('GET', '/api/emergency');
  t.like(
    list.body.items.find(({ id }) => id === asked.body.id),
    { isNoted: false },
  );
  t.is((await officer.api('POST', `${path}/note`)).status, 204);
  const leena = await guardian(platform, story.nonDisclosureGuardian.sub);
  const reads = await leena.api<{ items: { action: string }[] }>(
    'GET',
    `/api/family/children/${nonDisclosure.personId}/reads`,
  );
  t.true(reads.body.items.some(({ action }) => action === 'break-glass.open'));
});

test('a consent that is withdrawn while an export runs: nothing of the plugin that rested on it is in the rest', async (t) => {
  t.timeout(300_000);
  const { platform, teacher } = t.context;
  const mikko = await guardian(platform, story.guardian.sub);
  t.true((await decide(mikko, child.personId, 'give')).status < 300);
  const aada = await named(teacher, 'Aada');
  await callPlugin(teacher, 'saveNote', { student: aada.id, text: 'Sings in the choir' });
  const asked = await mikko.api<{ id: string }>('POST', `/api/family/children/${child.personId}/exports`, {});
  t.is(asked.status, 201, JSON.stringify(asked.body));
  t.true((await decide(mikko, child.personId, 'withdraw')).status < 300);
  t.is((await named(teacher, 'Aada')).note, '', 'the very next read');
  await until('the export', async () => {
    const { body } = await mikko.api<{ id: string; state: string }[]>(
      'GET',
      `/api/family/children/${child.personId}/exports`,
    );
    return body.find(({ id, state }) => id === asked.body.id && state === 'ready');
  });
  const answer = await fetch(`${platform.core}/api/rights/exports/${asked.body.id}/archive`, {
    headers: { cookie: mikko.cookieHeader() },
  });
  t.is(answer.status, 200);
  const files = await unzip(Buffer.from(await answer.arrayBuffer()));
  t.true(files.get('data/person.json')!.includes('Aada'));
  const consents = files.get('data/consents.json')!;
  t.true(consents.includes('Withdrawn') || consents.includes('Given'), consents.slice(0, 300));
});

test('an erasure that is asked for keeps what the law keeps, erases the rest, and gives a receipt', async (t) => {
  t.timeout(200_000);
  const { platform, teacher } = t.context;
  const mikko = await guardian(platform, story.guardian.sub);
  t.true((await decide(mikko, child.personId, 'give')).status < 300);
  const aada = await named(teacher, 'Aada');
  await callPlugin(teacher, 'saveNote', { student: aada.id, text: 'Likes maps' });
  const asked = await mikko.api<{ id: string }>('POST', `/api/family/children/${child.personId}/requests`, {
    kind: 'erasure',
    wish: 'Erase what you may.',
  });
  t.is(asked.status, 201, JSON.stringify(asked.body));
  const officer = await platform.signIn(story.dataProtectionOfficer.sub, '092', 'staff');
  const decided = await officer.api<{ outcome: string }>('POST', `/api/officer/requests/${asked.body.id}/decide`, {
    outcome: 'accepted',
    reasons: 'Notes rest on consent; the roster is kept by law.',
  });
  t.is(decided.body.outcome, 'partly', JSON.stringify(decided.body));
  type Line = { source: string; choice: string; doneAt: string | null };
  const own = await until('the erasure and its receipt', async () => {
    const { body } = await mikko.api<{ requests: { id: string; erasures: Line[]; receipts: { id: string }[] }[] }>(
      'GET',
      `/api/family/children/${child.personId}/requests`,
    );
    return body.requests.find(({ id, receipts }) => id === asked.body.id && receipts.length > 0);
  });
  t.truthy(own.erasures.find(({ source }) => source === 'documents')?.doneAt);
  t.is(own.erasures.find(({ source }) => source === 'person')?.choice, 'retain');
  t.is((await mikko.api('GET', `/api/rights/receipts/${own.receipts[0]!.id}`)).status, 200);
  t.is((await named(teacher, 'Aada')).note, '');
});

test('on the 13th birthday the decision passes from the guardian to the learner, and on the 18th everything does', async (t) => {
  t.timeout(300_000);
  const { platform } = t.context;
  const ilmari = story.almostThirteen.personId;
  const kaisa = await guardian(platform, 'demo-kaisa');
  const learner = await platform.signIn(story.almostThirteen.sub, '092', 'mpassid');
  const markku = await guardian(platform, 'demo-markku');
  t.is((await decide(kaisa, ilmari, 'give')).body.state, 'ConsentGiven');
  t.like((await consentOf(learner, 'me')).may, { give: false, withdraw: false });
  t.true((await childrenOf(markku)).some(({ id }) => id === story.almostEighteen.personId));

  await using tomorrow = await secondNode(platform, { DIGIONE_TODAY: '2026-11-25' });
  const mayAt = async (person: Person, of: string) => {
    const { body } = await at<Consent[]>(tomorrow.origin, person, `/api/family/children/${of}/consents`);
    return body.find((one) => one.plugin === plugin)!;
  };
  const now = await mayAt(learner, 'me');
  t.is(now.state, 'ConsentGiven', 'what the guardian gave is shown');
  t.like(now.may, { withdraw: true });
  t.like((await mayAt(kaisa, ilmari)).may, { give: false });
  const said = { plugin, purpose: 'class-notes', decision: 'withdraw', notice: now.notice.hash };
  const withdrawn = await at<{ state: string }>(tomorrow.origin, learner, '/api/family/children/me/consents', said);
  t.is(withdrawn.body.state, 'ConsentWithdrawn', JSON.stringify(withdrawn.body));
  const children = await at<{ id: string }[]>(tomorrow.origin, markku, '/api/family/children');
  const left = children.status === 200 ? children.body : [];
  t.false(
    left.some(({ id }) => id === story.almostEighteen.personId),
    'on the day itself',
  );
  const reads = `/api/family/children/${story.almostEighteen.personId}/reads`;
  t.true((await at(tomorrow.origin, markku, reads)).status >= 401);
});

test('who was born on 29 February is 13 on 28 February of a year that has no 29th', async (t) => {
  t.timeout(300_000);
  const { platform } = t.context;
  const ilmari = story.almostThirteen.personId;
  const learner = await platform.signIn(story.almostThirteen.sub, '092', 'mpassid');
  await register(platform, `update core.person set birth_date = '2012-02-29' where id = $1`, [ilmari]);
  for (const [table, column] of [
    ['enrollment', 'person_id'],
    ['role', 'person_id'],
    ['guardianship', 'child_id'],
  ])
    await register(platform, `update core.${table} set valid_from = '2024-08-01' where ${column} = $1`, [ilmari]);
  const mayGive = async (today: string) => {
    await using node = await secondNode(platform, { DIGIONE_TODAY: today });
    const { body } = await at<Consent[]>(node.origin, learner, '/api/family/children/me/consents');
    return body.find((one) => one.plugin === plugin)!.may.give;
  };
  t.deepEqual([await mayGive('2025-02-27'), await mayGive('2025-02-28')], [false, true]);
});

/** What an order withholds of a learner. */
async function secretsOf(platform: RunningPlatform, person: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: platform.databaseUrl });
  await client.connect();
  const { rows } = await client.query('select email, phone, address from core.person where id = $1', [person]);
  await client.end();
  return Object.values(rows[0] as Record<string, string | null>).filter((value) => value !== null);
}
