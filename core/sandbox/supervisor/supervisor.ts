import type { PluginErrorCode } from '@digione/sdk/errors';
import type { Log, Refusal } from '../../kernel/index.ts';
import { type ContextKey, groupOf, matches } from '../context-key.ts';
import type { SandboxLimits } from '../limits.ts';
import { payloadFault } from '../payload.ts';
import type { FromWorker } from '../protocol/messages.ts';
import type { SandboxJob } from '../sandbox-job.ts';
import { Breaker } from './breaker.ts';
import { FairQueue } from './fair-queue.ts';
import { FigureBook } from './figures.ts';
import { pluginRefusal } from './plugin-refusal.ts';
import { Pool } from './pool.ts';
import { type Outcome, RunningCall } from './running-call.ts';
import type { WorkerCommand } from './worker-command.ts';
import type { WorkerProcess, WorkerWatcher } from './worker-process.ts';

export interface SupervisorNeeds {
  workers: number;
  spares: number;
  command: WorkerCommand;
  limits: SandboxLimits;
  log: Log;
  memoryBytes: number;
  onDisabled: (plugin: Pick<ContextKey, 'municipality' | 'plugin' | 'version'>, reason: string) => void;
}

const weighEveryMs = 100;
const startsTried = 5;
/** Beyond the deadline of a call: its bundle is read and loaded on a busy machine, too. */
const forgottenAfterMs = 15_000;

/** Lives in the core process: decides which call runs where and when, and survives whatever happens there. */
export class Supervisor implements WorkerWatcher {
  readonly figures = new FigureBook();
  readonly breaker: Breaker;
  readonly pool: Pool;
  readonly queue: FairQueue<RunningCall>;
  readonly #needs: SupervisorNeeds;
  readonly #runningOf = new Map<string, number>();
  readonly #heart: NodeJS.Timeout;
  readonly #scale: NodeJS.Timeout;
  readonly #disposals = new Map<number, { left: Set<WorkerProcess>; done: () => void }>();
  readonly #readiness = Promise.withResolvers<void>();
  #nextCall = 1;
  #nextDisposal = 1;
  #closing = false;

  constructor(needs: SupervisorNeeds) {
    const { breakerStrikes: strikes, breakerWindowMs: windowMs, breakerRestMs: restMs } = needs.limits;
    this.#needs = needs;
    this.breaker = new Breaker({ strikes, windowMs, restMs }, () => performance.now());
    this.queue = new FairQueue(needs.limits.waitingPerGroup);
    this.pool = new Pool({ ...needs, watcher: this });
    this.#heart = setInterval(() => this.#beat(), needs.limits.heartbeatMs);
    this.#heart.unref();
    this.#scale = setInterval(() => void this.pool.weigh(), weighEveryMs);
    this.#scale.unref();
  }

  /** Resolves when the first worker is ready. */
  get ready(): Promise<void> {
    return this.#readiness.promise;
  }

  async run(job: SandboxJob): Promise<string> {
    this.#admit(job);
    const call = new RunningCall(this.#nextCall++, job, this.#needs.limits, (outcome) => this.#ended(call, outcome));
    if (!this.queue.push(job.key.municipality, call.group, call)) {
      throw this.#refusal(job, 'rate-limited', 'The line of this plugin is full');
    }
    this.#dispatch();
    return call.answer;
  }

  /** Ends the contexts that the pattern names; resolves when every worker has done so. */
  dispose(match: Partial<ContextKey>): Promise<void> {
    for (const call of this.queue.take((waiting) => matches(waiting.job.key, match))) {
      call.fail('unavailable', 'The rights of this context changed');
    }
    const n = this.#nextDisposal++;
    const left = new Set([...this.pool.all].filter((worker) => worker.state !== 'dead'));
    return new Promise((resolve) => {
      if (left.size === 0) return resolve();
      this.#disposals.set(n, { left, done: resolve });
      for (const worker of left) worker.send({ t: 'dispose', n, match });
    });
  }

  message(worker: WorkerProcess, message: FromWorker, payload: string): void {
    if (message.t === 'ready') {
      this.pool.ready(worker);
      this.#readiness.resolve();
      this.#dispatch();
    } else if (message.t === 'stuck') this.#stuck(worker);
    else if (message.t === 'disposed') this.#disposed(worker, message.n);
    else if (message.t !== 'pong') this.#callMessage(worker, message, payload);
  }

  exited(worker: WorkerProcess): void {
    const lost = [...worker.running.values()];
    if (!this.#closing)
      this.#needs.log.error({ pid: worker.pid, why: worker.killedFor, lost: lost.length }, 'sandbox worker ended');
    if (worker.killedFor !== 'drained' && worker.killedFor !== 'closed') this.#strikeAll(lost);
    for (const call of lost) call.fail('worker-lost', worker.killedFor ?? 'the process ended');
    for (const n of [...this.#disposals.keys()]) this.#disposed(worker, n);
    this.pool.gone(worker);
    if (this.pool.failedStarts >= startsTried)
      this.#readiness.reject(new Error('No sandbox worker starts; its standard error says why'));
    this.#dispatch();
  }

  /** Lets running calls end, then ends every process. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    clearInterval(this.#heart);
    clearInterval(this.#scale);
    for (const call of this.queue.take(() => true)) call.fail('unavailable', 'The sandbox closes');
    const running = [...this.pool.all].flatMap((worker) => [...worker.running.values()]);
    const grace = Promise.withResolvers<void>();
    const timer = setTimeout(grace.resolve, graceMs);
    await Promise.race([Promise.allSettled(running.map((call) => call.answer)), grace.promise]);
    clearTimeout(timer);
    await this.pool.close();
  }

  #beat(): void {
    this.pool.beat();
    const { waitingMs } = this.#needs.limits;
    for (const call of this.queue.take((waiting) => waiting.age > waitingMs)) {
      call.fail('unavailable', 'No worker was free in time');
    }
    for (const worker of this.pool.all) this.#endForgotten(worker);
  }

  /** A worker keeps the wall deadline by itself; one that lets it pass by far has lost the call. */
  #endForgotten(worker: WorkerProcess): void {
    for (const call of worker.running.values()) {
      const { wallMs } = this.#needs.limits[call.limitsName];
      if (performance.now() - call.startedAt < wallMs + forgottenAfterMs) continue;
      call.fail('worker-lost', 'The worker did not end the call in time');
      this.pool.drain(worker, 'forgot a call');
    }
  }

  #admit(job: SandboxJob): void {
    if (this.#closing) throw this.#refusal(job, 'unavailable', 'The sandbox closes');
    for (const text of [job.argument, job.context]) {
      const fault = payloadFault(text, this.#needs.limits);
      if (fault !== undefined)
        throw this.#refusal(job, fault === 'too-large' ? fault : 'invalid-argument', 'The argument broke a cap');
    }
    if (!this.breaker.admits(groupOf(job.key))) throw this.#refusal(job, 'plugin-disabled', 'The breaker is open');
  }

  #refusal({ key }: SandboxJob, code: PluginErrorCode, detail: string): Refusal {
    this.figures.refused(key, code);
    return pluginRefusal(code, key, detail);
  }

  #dispatch(): void {
    const { runningPerGroup } = this.#needs.limits;
    while (this.queue.size > 0) {
      let worker: WorkerProcess | undefined;
      const call = this.queue.next((waiting) => {
        if ((this.#runningOf.get(waiting.group) ?? 0) >= runningPerGroup) return false;
        worker = this.pool.place(waiting.job.key.municipality);
        return worker !== undefined;
      });
      if (call === undefined || worker === undefined) return;
      this.#start(call, worker);
    }
  }

  #start(call: RunningCall, worker: WorkerProcess): void {
    const { key, kind, name, argument, context } = call.job;
    call.worker = worker;
    call.startedAt = performance.now();
    worker.running.set(call.id, call);
    this.#runningOf.set(call.group, (this.#runningOf.get(call.group) ?? 0) + 1);
    const { municipality, plugin, version, digest, school, user } = key;
    const cleanKey = { municipality, plugin, version, digest, school, user };
    const message = {
      t: 'call' as const,
      id: call.id,
      key: cleanKey,
      kind,
      name,
      limits: call.limitsName,
      cut: argument.length,
    };
    worker.send(message, argument + context);
  }

  #callMessage(worker: WorkerProcess, message: Extract<FromWorker, { id: number }>, payload: string): void {
    const call = worker.running.get(message.id);
    if (call === undefined) return;
    if (message.t === 'answer') call.answered(payload, message.cpu);
    else if (message.t === 'failed') call.fail(message.code, payload, message.cpu);
    else if (message.t === 'invoke') void call.ask(message.call, message.capability, payload);
    else if (message.t === 'log') this.#log(call, message.dropped, payload);
    else void this.#sendSource(worker, call, message.digest);
  }

  async #sendSource(worker: WorkerProcess, call: RunningCall, digest: string): Promise<void> {
    try {
      const source = await call.job.source();
      const ok = source.length <= this.#needs.limits.sourceBytes;
      worker.send({ t: 'source', digest, ok }, ok ? source : '');
    } catch (error) {
      this.#needs.log.error({ err: error, plugin: call.job.key.plugin }, 'the bundle of a plugin could not be read');
      worker.send({ t: 'source', digest, ok: false });
    }
  }

  #log(call: RunningCall, dropped: number, payload: string): void {
    if (payloadFault(payload, this.#needs.limits) !== undefined) return;
    const lines: unknown = JSON.parse(payload);
    if (!Array.isArray(lines)) return;
    call.job.onLog?.(
      lines.slice(0, 1000).map((line) => String(line).slice(0, 4000)),
      dropped,
    );
  }

  #ended(call: RunningCall, outcome: Outcome): void {
    this.figures.count(call.job.key, outcome);
    if (call.worker === undefined) return;
    const left = (this.#runningOf.get(call.group) ?? 1) - 1;
    if (left > 0) this.#runningOf.set(call.group, left);
    else this.#runningOf.delete(call.group);
    if (outcome.code === 'plugin-memory') this.#strike(call, 1);
    else if (outcome.code !== 'worker-lost') this.breaker.proved(call.group);
    this.pool.endDrained();
    this.#dispatch();
  }

  #strikeAll(lost: RunningCall[]): void {
    const suspects = new Map(lost.map((call) => [call.group, call]));
    for (const call of suspects.values()) this.#strike(call, 1 / suspects.size);
  }

  #strike(call: RunningCall, weight: number): void {
    if (!this.breaker.strike(call.group, weight)) return;
    this.figures.note(call.job.key, 'disabled');
    const { municipality, plugin, version } = call.job.key;
    this.#needs.log.error({ municipality, plugin, version }, 'plugin version disabled after repeated crashes');
    this.#needs.onDisabled({ municipality, plugin, version }, 'It ended its worker process again and again.');
  }

  #stuck(worker: WorkerProcess): void {
    this.pool.drain(worker, 'stuck');
  }

  #disposed(worker: WorkerProcess, n: number): void {
    const disposal = this.#disposals.get(n);
    if (disposal === undefined) return;
    disposal.left.delete(worker);
    if (disposal.left.size > 0) return;
    this.#disposals.delete(n);
    disposal.done();
  }
}
