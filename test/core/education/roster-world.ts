import { createSecretKey } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createVault, documentsFollow, isPublicAddress } from '../../../core/capabilities/index.ts';
import { consentsFollow } from '../../../core/consent/index.ts';
import { createRosters, educationRoutes, type FetchDeps, type RosterAct } from '../../../core/education/index.ts';
import { createService } from '../../../core/http/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { fixedClock, type TestClock } from '../../../core/kernel/index.ts';
import { quietLog } from '../../support/database.ts';
import { actor } from '../marketplace/school-world.ts';
import { hashIdentifier } from './bundle-fixture.ts';
import { openTowns, type Town, type Towns } from './towns.ts';

/** The rooms' routes over HTTP for several towns; who calls is said by a header. */
export interface RosterWorld extends AsyncDisposable {
  towns: Towns;
  clock: TestClock;
  fetches: FetchDeps;
  acts: RosterAct[];
  /** An administrator of the town, or somebody else. */
  at(town: Town, change?: Partial<Actor>): Promise<Desk>;
}

export interface Desk {
  send<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>;
  upload(path: string, type?: string): Promise<{ status: number; body: { id: string; code?: string } }>;
  download(path: string): Promise<Response>;
  /** Waits until the roster is no longer worked on. */
  settled(id: string): Promise<Record<string, unknown>>;
}

export async function rosterWorld(mostBytes = 1_000_000): Promise<RosterWorld> {
  const stack = new AsyncDisposableStack();
  const towns = stack.use(await openTowns());
  const { database } = towns;
  const clock = fixedClock('2026-11-24T08:00:00Z', '2026-11-24');
  const acts: RosterAct[] = [];
  const parts = {
    ...{ database, clock, log: quietLog, hashIdentifier, mostBytes, folder: towns.path('rosters') },
    recordAct: async (_: unknown, act: RosterAct) => void acts.push(act),
  };
  const rosters = stack.use(createRosters(parts));
  const fetches: FetchDeps = {
    ...parts,
    rosters,
    vault: createVault([{ id: 'test', key: createSecretKey(Buffer.alloc(32, 9)) }]),
    places: { resolve: async () => ['127.0.0.1'], isPublicAddress, allowLoopback: true },
  };
  const callers = new Map<string, Actor>();
  const service = createService<Actor>({
    ...{ name: 'test', log: quietLog, clock, openapi: { title: 'test', version: '0' } },
    routes: educationRoutes({ ...fetches, followers: [documentsFollow, consentsFollow] }),
    authenticate: async (ctx) => callers.get(ctx.get('x-test-caller')),
  });
  const { port } = stack.use(await service.listen(0));
  return {
    ...{ towns, clock, fetches, acts },
    async at(town, change = {}) {
      const [first] = await town.rows<{ id: string }>(`select id from person where source_id = 't1'`);
      const base = actor({ municipality: town.id, code: '101', who: first?.id ?? town.id, role: 'siteAdministrator' });
      const name = `${callers.size}`;
      callers.set(name, { ...base, authTime: clock.now(), ...change });
      return desk(`http://127.0.0.1:${port}`, name);
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function desk(origin: string, caller: string): Desk {
  const headers = { 'x-test-caller': caller, 'x-csrf-token': 'csrf' };
  const read = async <T>(answer: Response) => {
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : {}) as T };
  };
  const send: Desk['send'] = async <T>(method: string, path: string, body?: unknown) =>
    read<T>(
      await fetch(`${origin}/api/municipality/${path}`, {
        ...{ method, headers: { ...headers, 'content-type': 'application/json' } },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  return {
    send,
    upload: async (path, type = 'application/zip') =>
      read(
        await fetch(`${origin}/api/municipality/rosters`, {
          ...{ method: 'POST', headers: { ...headers, 'content-type': type } },
          body: new Uint8Array(await readFile(path)),
        }),
      ),
    download: (path) => fetch(`${origin}/api/municipality/${path}`, { headers }),
    async settled(id) {
      for (;;) {
        const { body } = await send('GET', `rosters/${id}`);
        if (body['state'] !== 'checking' && body['state'] !== 'loading') return body;
      }
    },
  };
}

/** A server of this machine that a roster is fetched from. */
export async function somewhere(answer: RequestListener): Promise<{ origin: string } & AsyncDisposable> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
