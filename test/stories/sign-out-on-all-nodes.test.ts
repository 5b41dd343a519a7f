import anyTest, { type TestFn } from 'ava';
import { story } from '../../core/demo/index.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { type SecondNode, secondNode } from './second-node.ts';
import { until } from './until.ts';

interface Context {
  platform: RunningPlatform;
  /** Origin of a second core on the same database, data folder and name. */
  other: string;
  node: SecondNode;
}
const test = anyTest as TestFn<Context>;

test.before(async (t) => {
  t.timeout(400_000);
  const platform = await runningPlatform();
  t.context.platform = platform;
  t.context.node = await secondNode(platform);
  t.context.other = t.context.node.origin;
});
test.after.always(async (t) => {
  await t.context.node?.[Symbol.asyncDispose]();
  await t.context.platform?.[Symbol.asyncDispose]();
});

interface LiveStream {
  /** Everything that it has said. */
  heard(): string;
  /** Resolves when the server ends it, or the person leaves. */
  ended: Promise<void>;
  leave(): void;
}

async function listen(origin: string, cookie: string): Promise<LiveStream> {
  const page = new AbortController();
  const response = await fetch(`${origin}/api/live`, { headers: { cookie }, signal: page.signal });
  if (response.status !== 200) throw new Error(`no live stream at ${origin}: ${response.status}`);
  let text = '';
  const read = async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
  };
  const ended = read().catch((cause: unknown) => {
    if (!page.signal.aborted) throw cause;
  });
  return { heard: () => text, ended, leave: () => page.abort() };
}

const status = async (origin: string, cookie: string) =>
  (await fetch(`${origin}/api/school/plugins`, { headers: { cookie } })).status;

test('who signs out everywhere is out on every node at once, with all open live streams', async (t) => {
  t.timeout(400_000);
  const { platform, other } = t.context;
  const enter = () => platform.signIn(story.teacher.sub, '092', 'mpassid');
  const [mine, phone] = [await enter(), await enter()];
  const colleague = await platform.signIn(story.principal.sub, '092', 'mpassid');
  const nodes = [platform.core, other];
  const cookies = [mine.cookieHeader(), phone.cookieHeader()];
  const streams = await Promise.all(nodes.flatMap((node) => cookies.map((cookie) => listen(node, cookie))));
  const untouched = await listen(other, colleague.cookieHeader());
  await until('every stream to be open', async () => [...streams, untouched].every(({ heard }) => heard() !== ''));
  for (const node of nodes) for (const cookie of cookies) t.is(await status(node, cookie), 200);

  t.is((await mine.api('POST', '/auth/sign-out-everywhere')).status, 200);

  for (const node of nodes)
    for (const cookie of cookies) t.is(await status(node, cookie), 401, 'the very next request');
  await Promise.all(streams.map(({ ended }) => ended));
  for (const { heard } of streams) t.regex(heard(), /event: session\n/);
  t.is(await status(other, colleague.cookieHeader()), 200);
  t.notRegex(untouched.heard(), /event: session/);
  untouched.leave();
  await untouched.ended;
});

test('a sign-in on one node is good on the other, and a sign-out there ends it here', async (t) => {
  t.timeout(400_000);
  const { platform, other } = t.context;
  const person = await platform.signIn(story.principal.sub, '092', 'mpassid');
  const cookie = person.cookieHeader();
  const stream = await listen(platform.core, cookie);
  const session = (await (await fetch(`${other}/api/session`, { headers: { cookie } })).json()) as { csrf: string };
  const headers = { cookie, 'x-csrf-token': session.csrf, 'content-type': 'application/json' };
  const answer = await fetch(`${other}/auth/sign-out`, { method: 'POST', headers, body: '{}' });
  t.is(answer.status, 200);
  t.is(await status(platform.core, cookie), 401);
  await stream.ended;
  t.regex(stream.heard(), /event: session\n/);
});
