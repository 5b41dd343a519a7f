import { generateKeyPairSync } from 'node:crypto';
import anyTest, { type TestFn } from 'ava';
import { exampleManifest } from './example-plugin.ts';
import { refusedWithoutTrace } from './nothing-stored.ts';
import { runningRegistry, serviceToken, type RunningRegistry } from './running-registry.ts';

const test = anyTest.serial as TestFn<{ registry: RunningRegistry }>;

test.before(async (t) => {
  t.context = { registry: await runningRegistry() };
});
test.after.always((t) => t.context.registry?.[Symbol.asyncDispose]());

const now = () => Math.floor(Date.now() / 1000);
const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

const forged: Record<string, () => string> = {
  'signed by another key': () => serviceToken({}, { key: foreign }),
  'of another issuer': () => serviceToken({ iss: 'evil' }),
  'for another audience': () => serviceToken({ aud: 'core' }),
  'of another type': () => serviceToken({}, { typ: 'JWT' }),
  'that has ended': () => serviceToken({ iat: now() - 120, exp: now() - 60 }),
  'without an end': () => serviceToken({ exp: undefined }),
  'that lives an hour': () => serviceToken({ exp: now() + 3600 }),
  'without an id': () => serviceToken({ jti: undefined }),
  'of another role': () => serviceToken({ role: 'teacher' }),
  'without a person': () => serviceToken({ sub: undefined }),
  'without a signature': () => {
    const [, payload] = serviceToken().split('.');
    return `${Buffer.from('{"alg":"none","typ":"service+jwt"}').toString('base64url')}.${payload}.`;
  },
  'that is not a token': () => 'a.b.c',
};

for (const [title, token] of Object.entries(forged))
  test(`a service token ${title} opens no door`, async (t) => {
    const { registry } = t.context;
    const act = () => registry.ask('/v1/review/queue', { token: token() });
    await refusedWithoutTrace(t, registry, { status: 401, code: 'token-invalid', act });
  });

test('a service token is good once', async (t) => {
  const { registry } = t.context;
  const token = serviceToken();
  t.is((await registry.ask('/v1/review/queue', { token })).status, 200);
  const act = () => registry.ask('/v1/review/queue', { token });
  await refusedWithoutTrace(t, registry, { status: 401, code: 'token-replayed', act });
});

test('of two uses of one token at the same moment one is refused', async (t) => {
  const token = serviceToken();
  const both = await Promise.all([1, 2].map(() => t.context.registry.ask('/v1/review/queue', { token })));
  t.deepEqual(both.map(({ status }) => status).sort(), [200, 401]);
});

test('a vendor and a stranger see no queue', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('curious');
  t.is((await registry.ask('/v1/review/queue', { token: vendor.token })).status, 403);
  t.is((await registry.ask('/v1/review/queue')).status, 401);
});

test('nobody of the vendor approves its version', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('insider', 'account-of-elli');
  await registry.publish(vendor);
  await registry.reaches('insider/hello-class', '1.0.0', 'held', 'in-review');
  const path = '/v1/review/insider/hello-class/1.0.0/decision';
  const act = () => registry.review(path, { decision: 'approve', reason: 'Mine.' }, 'account-of-elli');
  await refusedWithoutTrace(t, registry, { status: 403, code: 'approver-is-publisher', act });
});

test('one person can not approve twice, nor what has been sent back', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('twice-asked');
  const id = 'twice-asked/lesson-plans';
  await registry.release(vendor, { manifest: { id } });
  const path = `/v1/review/${id}/1.0.0/decision`;
  const act = () => registry.review(path, { decision: 'approve', reason: 'Again.' });
  const refused = await refusedWithoutTrace(t, registry, { status: 409, code: 'transition-not-allowed', act });
  t.is(refused.body['state'], 'published');
});

test('a name that looks like another is held for a human, and a cleared hold goes on to review', async (t) => {
  const { registry } = t.context;
  const first = await registry.vendor('first-comer');
  await registry.publish(first, { manifest: { id: 'first-comer/seat-plan' } });
  await registry.reaches('first-comer/seat-plan', '1.0.0', 'in-review');
  const second = await registry.vendor('late-comer');
  await registry.publish(second, { manifest: { id: 'late-comer/seat-p1an' } });
  const held = await registry.reaches('late-comer/seat-p1an', '1.0.0', 'held');
  t.like(held.body['queue'], { lane: 'new' });
  const path = '/v1/review/late-comer/seat-p1an/1.0.0';
  const seen = await registry.review<{ transitions: { reason: string; evidence: object }[] }>(path);
  t.like(seen.body.transitions.at(-1), { reason: 'similar-name', evidence: { similar: ['first-comer/seat-plan'] } });
  t.is(
    (await registry.review(`${path}/decision`, { decision: 'approve', reason: 'x' })).status,
    409,
    'a hold is cleared first',
  );
  const cleared = await registry.review(`${path}/decision`, { decision: 'clear-hold', reason: 'Another thing.' });
  t.is(cleared.body['state'], 'in-review');
});

test('changes asked for come back with the words of the reviewer, and only the vendor sees them', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('learns-fast');
  const id = 'learns-fast/reading-diary';
  await registry.publish(vendor, { manifest: { id } });
  await registry.reaches(id, '1.0.0', 'in-review');
  await registry.review(`/v1/review/${id}/1.0.0/decision`, {
    decision: 'request-changes',
    reason: 'Say why names are needed.',
  });
  const own = await registry.ask<{ transitions: { evidence: object }[] }>(`/v1/plugins/${id}/1.0.0`, {
    token: vendor.token,
  });
  t.deepEqual(own.body.transitions.at(-1)?.evidence, { note: 'Say why names are needed.' });
  const others = await registry.ask(`/v1/plugins/${id}/1.0.0`);
  t.is(others.body['state'], 'changes-requested');
  t.false('transitions' in others.body || 'checks' in others.body);
});

test('checks that find errors send the version back, and the catalogue never hears of it', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('leaky');
  const id = 'leaky/timetable-tool';
  const files = { 'ui/index.html': `<title>x</title><script>const key = "AKIA${'A'.repeat(16)}";</script>` };
  await registry.publish(vendor, { manifest: { id }, files });
  await registry.reaches(id, '1.0.0', 'changes-requested');
  const { checks } = (
    await registry.ask<{ checks: { check: string; ok: boolean; where: string }[] }>(`/v1/plugins/${id}/1.0.0`, {
      token: vendor.token,
    })
  ).body;
  t.like(
    checks.find(({ ok }) => !ok),
    { check: 'secrets', where: 'ui/index.html:1' },
  );
  t.is((await registry.ask(`/v1/plugins/${id}`)).status, 404);
});

test('a patch that changes nothing of the data terms passes on green checks, a wider one waits for a human', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('careful');
  const id = 'careful/group-maker';
  await registry.release(vendor, { manifest: { id } });
  await registry.publish(vendor, { manifest: { id, version: '1.0.1' } });
  const patched = await registry.reaches(id, '1.0.1', 'published');
  t.is(patched.body['consentMajor'], 1);

  const [list, notes] = exampleManifest().scopes;
  const wider = [{ ...list!, elements: [...list!.elements, 'students.photo'] }, notes!];
  await registry.publish(vendor, { manifest: { id, version: '1.0.2', scopes: wider } });
  const waiting = await registry.reaches(id, '1.0.2', 'in-review', 'published');
  t.is(waiting.body['state'], 'in-review', 'its number says patch, its terms do not');
  const seen = await registry.review<{
    consentMajor: number;
    comparedWith: string;
    termChanges: { kind: string; key: string; direction: string; text: { en: string } }[];
  }>(`/v1/review/${id}/1.0.2`);
  t.is(seen.body.comparedWith, '1.0.1');
  t.is(seen.body.consentMajor, 2);
  t.like(seen.body.termChanges[0], { kind: 'element', key: 'students.photo class-list', direction: 'widens' });
  t.is(seen.body.termChanges[0]?.text.en, 'Data: photo – class-list (new).');
});

test('place in the queue and the median time to a first answer are public, lanes apart', async (t) => {
  const { registry } = t.context;
  const { lanes } = (
    await registry.ask<{ lanes: { lane: string; waiting: number; medianSecondsToFirstAnswer: number | null }[] }>(
      '/v1/review/figures',
    )
  ).body;
  t.deepEqual(lanes.map(({ lane }) => lane).sort(), ['new', 'update']);
  const lane = lanes.find((one) => one.lane === 'new')!;
  t.true(lane.waiting >= 1);
  t.true(lane.medianSecondsToFirstAnswer !== null && lane.medianSecondsToFirstAnswer >= 0);
});
