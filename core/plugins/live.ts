import { PassThrough, type Readable } from 'node:stream';
import type { Actor } from '../identity/index.ts';
import { refuse } from '../kernel/index.ts';

/** Something that open pages should know at once. Never who or what about: only that there is a reason to look again. */
export interface LiveEvent {
  name: 'plugin' | 'consent' | 'session';
  data: Record<string, unknown>;
  /** Whom it concerns. */
  to: (actor: Actor) => boolean;
  /** The stream ends with it. */
  last?: boolean;
}

export interface Live extends AsyncDisposable {
  /** A stream of server-sent events (HTML Standard §9.2) for one signed-in page. */
  open(actor: Actor): Readable;
  tell(event: LiveEvent): void;
}

export interface LiveLimits {
  streams: number;
  streamsPerSession: number;
  heartbeatMs: number;
  /** A page comes back by itself; so a stream ends before its sign-in can be long over. */
  lifeMs: number;
  /** Bytes that wait for a slow reader. */
  backlog: number;
}

export const liveLimits: LiveLimits = {
  streams: 5_000,
  streamsPerSession: 8,
  heartbeatMs: 15_000,
  lifeMs: 30 * 60_000,
  backlog: 65_536,
};

interface Listener {
  actor: Actor;
  stream: PassThrough;
}

export function createLive(limits: LiveLimits = liveLimits): Live {
  const listeners = new Set<Listener>();
  const beat = setInterval(() => {
    for (const listener of listeners) write(listener, ': beat\n\n');
  }, limits.heartbeatMs);
  beat.unref();

  function write({ stream }: Listener, text: string): void {
    if (stream.readableLength + stream.writableLength > limits.backlog) stream.destroy();
    else stream.write(text);
  }

  function checkRoom({ session }: Actor): void {
    const own = [...listeners].filter(({ actor }) => actor.session === session).length;
    if (own >= limits.streamsPerSession) refuse('call-limit', 'This sign-in has too many open pages. Close one.');
    if (listeners.size >= limits.streams)
      refuse('unavailable', 'This server follows too many pages. Try again in a moment.');
  }

  return {
    open(actor) {
      checkRoom(actor);
      const listener = { actor, stream: new PassThrough() };
      const end = setTimeout(() => listener.stream.end(), limits.lifeMs);
      end.unref();
      listeners.add(listener);
      listener.stream.once('close', () => {
        clearTimeout(end);
        listeners.delete(listener);
      });
      write(listener, 'retry: 1000\n\n');
      return listener.stream;
    },
    tell({ name, data, to, last }) {
      for (const listener of listeners) {
        if (!to(listener.actor)) continue;
        write(listener, `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
        if (last) listener.stream.end();
      }
    },
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      for (const { stream } of listeners) stream.end();
    },
  };
}
