import { type ContextKey, groupOf, matches } from '../context-key.ts';
import { bootstrapSource } from '../guest/source.ts';
import type { SandboxLimits } from '../limits.ts';
import type { ToWorker } from '../protocol/messages.ts';
import { Cells } from './cells.ts';
import { GuestCall } from './guest-call.ts';
import type { Outbox } from './outbox.ts';
import { Sources } from './sources.ts';

type Order = Extract<ToWorker, { t: 'call' }>;
type Settle = Extract<ToWorker, { t: 'settle' }>;

/** Carries out the supervisor's messages. */
export class Worker {
  readonly #outbox: Outbox;
  readonly #limits: SandboxLimits;
  readonly #cells: Cells;
  readonly #sources = new Sources();
  readonly #calls = new Map<number, GuestCall>();

  constructor(limits: SandboxLimits, outbox: Outbox) {
    this.#outbox = outbox;
    this.#limits = limits;
    this.#cells = new Cells({
      limits,
      bootstrap: bootstrapSource(),
      sourceFor: (call) => this.#sourceFor(call),
      stuck: () => outbox.send({ t: 'stuck' }),
    });
  }

  async start(): Promise<void> {
    await this.#cells.warm();
    this.#outbox.send({ t: 'ready' });
  }

  receive(message: ToWorker, payload: string): void {
    if (message.t === 'call') this.#call(message, payload);
    else if (message.t === 'settle') this.#settle(message, payload);
    else if (message.t === 'source') this.#sources.arrived(message.digest, message.ok ? payload : undefined);
    else if (message.t === 'ping') this.#outbox.send({ t: 'pong', n: message.n, ...this.#cells.figures() });
    else if (message.t === 'dispose') {
      this.#cells.dispose(message.match);
      this.#endMatching(message.match);
      this.#outbox.send({ t: 'disposed', n: message.n });
    }
  }

  #call(order: Order, payload: string): void {
    const { id, key, kind, name, limits, cut } = order;
    const parts = { argument: payload.slice(0, cut), context: payload.slice(cut), limits: this.#limits[limits] };
    const call = new GuestCall({ id, key, kind, name, ...parts }, this.#outbox, () => this.#calls.delete(id));
    this.#calls.set(id, call);
    this.#cells.submit(call);
  }

  /** Those that wait for their bundle or their isolate are in no context yet. */
  #endMatching(match: Partial<ContextKey>): void {
    for (const call of [...this.#calls.values()]) {
      if (matches(call.order.key, match)) call.fail('unavailable', 'The rights of this context changed');
    }
  }

  #settle({ id, call: number, code }: Settle, payload: string): void {
    this.#calls.get(id)?.settleAsk(number, code, payload);
  }

  #sourceFor(call: GuestCall): Promise<string> {
    const { id, key } = call.order;
    const name = groupOf(key).slice(key.municipality.length);
    return this.#sources.get(name, () => this.#outbox.send({ t: 'want', id, digest: name }));
  }
}
