import type { AddressInfo } from 'node:net';
import { createService, type Route } from '../../../core/http/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { systemClock } from '../../../core/kernel/index.ts';
import { quietLog } from '../../support/database.ts';

export interface Answer {
  status: number;
  body: Record<string, unknown> & { code?: string; detail?: string };
}

/** The real request spine around some routes, with a name in a header instead of a session. */
export interface TestService extends AsyncDisposable {
  url: string;
  send(actor: Actor | undefined, method: string, path: string, body?: unknown): Promise<Answer>;
}

export async function testService(routes: Route<Actor>[]): Promise<TestService> {
  const actors = new Map<string, Actor>();
  const service = createService<Actor>({
    name: 'test',
    routes,
    authenticate: async (ctx) => actors.get(ctx.get('x-actor')),
    log: quietLog,
    clock: systemClock('2026-11-24'),
    openapi: { title: 'test', version: '0' },
  });
  const listening = await service.listen(0);
  const url = `http://127.0.0.1:${(listening.server.address() as AddressInfo).port}`;
  return {
    url,
    async send(actor, method, path, body) {
      if (actor) actors.set(actor.session, actor);
      const headers: Record<string, string> = { 'content-type': 'application/json', 'x-csrf-token': 'csrf' };
      if (actor) headers['x-actor'] = actor.session;
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${url}${path}`, { method, headers, ...init });
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
    },
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
}
