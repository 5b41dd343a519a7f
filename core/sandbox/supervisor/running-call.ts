import { isPluginErrorCode, type PluginErrorCode } from '@digione/sdk/errors';
import { Refusal } from '../../kernel/index.ts';
import { groupOf } from '../context-key.ts';
import type { SandboxLimits } from '../limits.ts';
import { payloadFault } from '../payload.ts';
import type { ToWorker } from '../protocol/messages.ts';
import type { SandboxJob } from '../sandbox-job.ts';
import { pluginRefusal } from './plugin-refusal.ts';

export interface Outcome {
  code: PluginErrorCode | 'ok';
  wallMs: number;
  cpuMs: number;
  hostCalls: number;
  hostRefused: number;
}

/** The worker in which a call runs, as far as the call needs it. */
export interface CallPlace {
  readonly running: { delete(call: number): boolean };
  send(message: ToWorker, payload: string): void;
}

/** A job between `run()` and its answer. */
export class RunningCall {
  readonly id: number;
  readonly job: SandboxJob;
  readonly group: string;
  worker: CallPlace | undefined;
  /** When a worker took it. */
  startedAt = Number.POSITIVE_INFINITY;
  readonly answer: Promise<string>;
  readonly #limits: SandboxLimits;
  readonly #abort = new AbortController();
  readonly #since = performance.now();
  #open = 0;
  #hostCalls = 0;
  #hostBytes = 0;
  #hostRefused = 0;
  #settle!: { resolve: (text: string) => void; reject: (error: Error) => void };
  #onEnd: (outcome: Outcome) => void;
  #ended = false;

  constructor(id: number, job: SandboxJob, limits: SandboxLimits, onEnd: (outcome: Outcome) => void) {
    this.id = id;
    this.job = job;
    this.group = groupOf(job.key);
    this.#limits = limits;
    this.#onEnd = onEnd;
    this.answer = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  get age(): number {
    return performance.now() - this.#since;
  }

  get limitsName(): 'interactive' | 'job' {
    return this.job.limits ?? 'interactive';
  }

  answered(text: string, cpuMs: number): void {
    const fault = payloadFault(text, this.#limits);
    if (fault !== undefined) {
      this.fail(fault, 'The answer broke a cap', cpuMs);
      return;
    }
    if (this.#end('ok', cpuMs)) this.#settle.resolve(text);
  }

  fail(code: PluginErrorCode, detail: string, cpuMs = 0): void {
    if (this.#end(code, cpuMs)) this.#settle.reject(pluginRefusal(code, this.job.key, detail));
  }

  /** One ask of the guest. The worker counts too, but the worker may be in a stranger's hands. */
  async ask(call: number, capability: string, argument: string): Promise<void> {
    if (!this.#take(argument)) return this.fail('call-limit', 'Over the limits of host calls');
    this.#open += 1;
    const { code, text } = await this.#hostAnswer(capability, argument);
    this.#open -= 1;
    if (code !== '') this.#hostRefused += 1;
    if (!this.#ended) this.worker?.send({ t: 'settle', id: this.id, call, code }, text);
  }

  #take(argument: string): boolean {
    const limits = this.#limits[this.limitsName];
    this.#hostCalls += 1;
    this.#hostBytes += argument.length;
    if (this.#hostCalls > limits.hostCallsTotal || this.#hostBytes > limits.hostBytesTotal) return false;
    return this.#open < limits.hostCallsInFlight;
  }

  async #hostAnswer(capability: string, argument: string): Promise<{ code: string; text: string }> {
    const fault = payloadFault(argument, this.#limits);
    if (fault !== undefined)
      return { code: fault === 'too-large' ? fault : 'invalid-argument', text: 'The argument broke a cap' };
    try {
      const text = await this.job.hostCall(capability, argument, { signal: this.#abort.signal });
      const wrong = payloadFault(text, this.#limits);
      if (wrong === undefined) return { code: '', text };
      return wrong === 'too-large' ? { code: wrong, text: 'The result is too large' } : hostFailed;
    } catch (error) {
      return refusalForGuest(error);
    }
  }

  #end(code: Outcome['code'], cpuMs: number): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    this.#abort.abort();
    this.worker?.running.delete(this.id);
    const wallMs = performance.now() - this.#since;
    this.#onEnd({ code, wallMs, cpuMs, hostCalls: this.#hostCalls, hostRefused: this.#hostRefused });
    return true;
  }
}

const hostFailed = { code: 'host-failed', text: 'The host failed' };

/** A closed code and its public message, or nothing but "the host failed": no stack, no path, no inner text. */
function refusalForGuest(error: unknown): { code: string; text: string } {
  if (error instanceof Refusal && isPluginErrorCode(error.code)) {
    return { code: error.code, text: error.message.slice(0, 500) };
  }
  return hostFailed;
}
