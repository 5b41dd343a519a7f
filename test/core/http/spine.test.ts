import test from 'ava';
import { Type } from 'typebox';
import { createService, defineRoute, type Caller, type Route } from '../../../core/http/index.ts';
import { fixedClock, refuse } from '../../../core/kernel/index.ts';
import { quietLog } from '../../support/database.ts';

interface Person extends Caller {
  name: string;
}

const clock = fixedClock('2026-11-24T08:00:00Z');
const route = defineRoute<Person>();
const Answer = Type.Object({ said: Type.String() });

const routes: Route<Person>[] = [
  route({
    method: 'POST',
    path: '/api/say/:times',
    summary: 'Say',
    access: 'session',
    params: Type.Object({ times: Type.Integer({ minimum: 1 }) }),
    body: Type.Object({ word: Type.String({ maxLength: 10 }) }, { additionalProperties: false }),
    responses: { 200: Answer },
    handle: async ({ params, body, actor }) => ({ body: { said: `${actor.name} ${body.word.repeat(params.times)}` } }),
  }),
  route({
    method: 'POST',
    path: '/api/fresh',
    summary: 'Fresh',
    access: 'session',
    freshSignIn: true,
    responses: { 200: Answer },
    handle: async () => ({ body: { said: 'yes' } }),
  }),
  route({
    method: 'GET',
    path: '/api/chief',
    summary: 'Chief',
    access: ({ name }) => name === 'chief',
    responses: { 200: Answer },
    handle: async () => ({ body: { said: 'chief' } }),
  }),
  route({
    method: 'GET',
    path: '/api/wrong',
    summary: 'Wrong',
    access: 'public',
    responses: { 200: Answer },
    handle: async () => ({ body: { said: 7 } }),
  }),
  route({
    method: 'GET',
    path: '/api/broken',
    summary: 'Broken',
    access: 'public',
    responses: { 200: Answer },
    handle: async () => {
      throw new Error('the password is hunter2');
    },
  }),
  route({
    method: 'GET',
    path: '/api/refuse',
    summary: 'Refuse',
    access: 'public',
    responses: { 200: Answer },
    handle: async () => refuse('scope-missing', 'Add the scope.', { detail: 'private' }),
  }),
];

const people: Record<string, Person> = {
  old: { name: 'anna', csrf: 'token-1', authTime: new Date('2026-11-24T07:00:00Z') },
  new: { name: 'anna', csrf: 'token-1', authTime: new Date('2026-11-24T07:58:00Z') },
  bearer: { name: 'machine' },
  chief: { name: 'chief', csrf: 'token-2' },
};

async function ask(path: string, options: RequestInit & { as?: string; json?: string } = {}) {
  const service = createService<Person>({
    name: 'test',
    routes,
    log: quietLog,
    clock,
    openapi: { title: 'test', version: '1' },
    authenticate: async (ctx) => people[ctx.get('x-person')],
  });
  await using listening = await service.listen(0);
  const { as, json, ...rest } = options;
  const headers = {
    ...(as && { 'x-person': as }),
    ...(json && { 'content-type': 'application/json' }),
    ...(rest.headers as Record<string, string>),
  };
  const answer = await fetch(`http://127.0.0.1:${listening.port}${path}`, {
    ...rest,
    headers,
    ...(json && { body: json, method: 'POST' }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers };
}

test('a checked request reaches its route with values of the right type', async (t) => {
  const { status, body } = await ask('/api/say/2', { as: 'bearer', json: '{"word":"hei"}' });
  t.is(status, 200);
  t.deepEqual(body, { said: 'machine heihei' });
});

test('each refusal of the spine has its own code and a trace number', async (t) => {
  const cases: [string, Parameters<typeof ask>, number, string][] = [
    ['no session', ['/api/say/1', { json: '{"word":"a"}' }], 401, 'not-signed-in'],
    ['no token', ['/api/say/1', { as: 'new', json: '{"word":"a"}' }], 403, 'csrf-failed'],
    [
      "another session's token",
      ['/api/say/1', { as: 'new', json: '{"word":"a"}', headers: { 'x-csrf-token': 'token-2' } }],
      403,
      'csrf-failed',
    ],
    ['wrong role', ['/api/chief', { as: 'bearer' }], 403, 'not-allowed'],
    [
      'old sign-in',
      ['/api/fresh', { as: 'old', method: 'POST', headers: { 'x-csrf-token': 'token-1' } }],
      401,
      'fresh-sign-in-needed',
    ],
    ['bad path value', ['/api/say/0', { as: 'bearer', json: '{"word":"a"}' }], 400, 'invalid'],
    ['unknown member', ['/api/say/1', { as: 'bearer', json: '{"word":"a","x":1}' }], 400, 'invalid'],
    ['no JSON', ['/api/say/1', { as: 'bearer', json: '{"word":' }], 400, 'body-not-json'],
    ['prototype key', ['/api/say/1', { as: 'bearer', json: '{"word":"a","__proto__":{}}' }], 400, 'body-not-json'],
    [
      'escaped prototype key',
      ['/api/say/1', { as: 'bearer', json: '{"word":"a","\\u005f_proto__":{}}' }],
      400,
      'body-not-json',
    ],
    ['too large', ['/api/say/1', { as: 'bearer', json: `{"word":"${'a'.repeat(1_000_001)}"}` }], 413, 'too-large'],
    ['unknown address', ['/api/nothing', {}], 404, 'not-found'],
    ['own refusal', ['/api/refuse', {}], 403, 'scope-missing'],
  ];
  for (const [name, request, status, code] of cases) {
    const answer = await ask(...request);
    t.is(answer.status, status, name);
    t.is(answer.body['code'], code, name);
    t.is(answer.body['trace'], answer.headers.get('x-trace'), name);
    t.regex(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, name);
  }
});

test('a fault of ours explains nothing', async (t) => {
  for (const path of ['/api/broken', '/api/wrong']) {
    const { status, body } = await ask(path);
    t.is(status, 500);
    t.notRegex(JSON.stringify(body), /hunter2|said|stack|at /);
  }
});

test('a fresh sign-in passes where an old one is refused', async (t) => {
  const { status } = await ask('/api/fresh', { as: 'new', method: 'POST', headers: { 'x-csrf-token': 'token-1' } });
  t.is(status, 200);
});

test('the API description lists each route with its answers and refusals', async (t) => {
  const { body } = await ask('/openapi.json');
  const paths = body['paths'] as Record<string, Record<string, { responses: object }>>;
  t.deepEqual(Object.keys(paths), [
    '/api/say/{times}',
    '/api/fresh',
    '/api/chief',
    '/api/wrong',
    '/api/broken',
    '/api/refuse',
  ]);
  t.deepEqual(Object.keys(paths['/api/fresh']!['post']!.responses), ['200', '400', '401', '403']);
});
