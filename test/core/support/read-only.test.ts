import anyTest, { type TestFn } from 'ava';
import { story } from '../../../core/demo/index.ts';
import { runningPlatform, type RunningPlatform } from '../../support/platform.ts';

const test = anyTest as TestFn<{ platform: RunningPlatform }>;

/** What a visitor may do: all about their own session and stay. */
const own = [
  'POST /api/session/language',
  'POST /api/session/role',
  'POST /api/session/sign-ins/{id}/end',
  'POST /api/support/visits/{id}/end',
  'POST /auth/sign-out',
  'POST /auth/sign-out-everywhere',
  'POST /auth/sign-out-others',
];
/** Asked by whom it may concern without a session: a visitor is nobody there. */
const withoutSession = [
  'POST /api/notifications/unsubscribe',
  'POST /api/processors/acknowledgements',
  'POST /api/sign-in/passkey',
  'POST /api/sign-in/passkey/options',
  'POST /auth/back-channel-logout',
  'POST /witness/add-checkpoint',
];

test.before(async (t) => {
  t.timeout(400_000);
  t.context.platform = await runningPlatform();
});
test.after.always((t) => t.context.platform?.[Symbol.asyncDispose]());

test('On a visit every write of the whole core is refused as read-only, consents among them', async (t) => {
  t.timeout(400_000);
  const { platform } = t.context;
  const visitor = await platform.signIn(story.support.sub, '000', 'staff');
  const administrator = await platform.signIn(story.administrator.sub, '092', 'staff');
  const reason = 'We look for the fault in the class list.';
  const asked = { municipality: '092', minutes: 30, reason };
  const { id } = (await visitor.api<{ id: string }>('POST', '/api/support/visits', asked)).body;
  const opened = await administrator.api('POST', `/api/support/visits/${id}/open`, { school: story.school.id });
  t.is(opened.status, 204);
  t.is((await visitor.api('POST', '/api/session/role', { roleId: `visit-${id}` })).status, 200);

  const { paths } = (await (await fetch(`${platform.core}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const writes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).flatMap((method) => (method === 'get' ? [] : [{ method: method.toUpperCase(), path }])),
  );
  const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  const known = new Set([...own, ...withoutSession]);
  for (const name of known) t.true(writes.map(nameOf).includes(name), name);
  t.true(
    writes.some(({ path }) => path.includes('consents')),
    'consent acts are among the writes',
  );
  t.true(writes.length > 60, String(writes.length));
  for (const write of writes) {
    if (known.has(nameOf(write))) continue;
    const { code } = await visitor.api(write.method, write.path.replaceAll(/\{[^}]*\}/g, 'x'), {});
    t.is(code, 'read-only', nameOf(write));
  }
  t.is((await visitor.api('GET', '/api/classes')).status, 200, 'looking goes on');
  for (const path of ['/api/family/children', '/api/notifications', '/api/plugins/demo-vendor/hello-class/pages/x'])
    t.is((await visitor.api('GET', path)).code, 'not-allowed', path);
});
