import pg from 'pg';
import type { Log } from '../kernel/index.ts';

/** One connection that listens for all channels of this process and comes back after a break. */
export interface Listener extends AsyncDisposable {
  listen(channel: string, on: (payload: unknown) => void): Promise<() => Promise<void>>;
}

const channelName = /^[a-z][a-z0-9_]{0,60}$/;
const retryMilliseconds = 250;

export function createListener({ settings, log }: { settings: pg.ClientConfig; log: Log }): Listener {
  const channels = new Map<string, Set<(payload: unknown) => void>>();
  let client: Promise<pg.Client> | undefined;
  /** One statement at a time on the one connection. */
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  async function open(): Promise<pg.Client> {
    const fresh = new pg.Client(settings);
    fresh.on('notification', ({ channel, payload }) => tell(channel, payload));
    fresh.on('error', (error) => reconnect(error));
    await fresh.connect();
    for (const channel of channels.keys()) await fresh.query(`listen ${channel}`);
    return fresh;
  }

  function tell(channel: string, payload: string | undefined): void {
    const parsed: unknown = payload ? JSON.parse(payload) : undefined;
    for (const on of channels.get(channel) ?? []) on(parsed);
  }

  function reconnect(error: Error): void {
    if (closed) return;
    log.warn({ error: error.message }, 'the listening connection broke; trying again');
    retry = setTimeout(() => {
      client = open();
      client.catch(reconnect);
    }, retryMilliseconds);
  }

  return {
    async listen(channel, on) {
      if (!channelName.test(channel)) throw new TypeError(`"${channel}" is no channel name.`);
      const listeners = channels.get(channel) ?? new Set();
      const isNew = listeners.size === 0;
      channels.set(channel, listeners.add(on));
      client ??= open();
      const connected = await client;
      if (isNew) {
        const ask = () => connected.query(`listen ${channel}`);
        turn = turn.then(ask, ask);
        await turn;
      }
      return async () => {
        listeners.delete(on);
      };
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(retry);
      const connected = await client?.catch(() => undefined);
      await connected?.end();
    },
  };
}
