import type { Log } from '../kernel/index.ts';
import { type ContextKey, groupParts } from './context-key.ts';
import { defaultLimits, type SandboxLimits } from './limits.ts';
import type { SandboxJob } from './sandbox-job.ts';
import type { FigureDelta, PluginFigures } from './supervisor/figures.ts';
import { Supervisor } from './supervisor/supervisor.ts';
import { workerCommand } from './supervisor/worker-command.ts';

export interface SandboxOptions {
  /** Worker processes that take calls. */
  workers: number;
  /** Warm processes that step in when one ends. */
  spares: number;
  limits?: Partial<SandboxLimits>;
  log: Log;
  /** Bundled form of the worker's program; default its source. */
  program?: string | undefined;
  /** Resident memory at which a worker is replaced. */
  workerMemoryMb?: number;
  /** Told once when a plugin version was switched off in a municipality because it crashed again and again. */
  onDisabled?: (plugin: Pick<ContextKey, 'municipality' | 'plugin' | 'version'>, reason: string) => void;
}

export interface SandboxFigures {
  plugins: PluginFigures[];
  workers: { pid: number; state: string; running: number; isolates: number; contexts: number; rss: number }[];
  waiting: number;
  /** Plugin versions that are switched off in a municipality after repeated crashes. */
  disabled: DisabledPlugin[];
  protections: string[];
}

export interface DisabledPlugin extends Pick<ContextKey, 'municipality' | 'plugin' | 'version'> {
  /** Until its next trial. */
  restsMs: number;
}

/** Runs strangers' code. */
export interface Sandbox extends AsyncDisposable {
  /** JSON text of the handler's answer; throws a Refusal with a code of `sdk/errors`. */
  run(job: SandboxJob): Promise<string>;
  /** Ends every context that agrees with the pattern; its running calls end as `unavailable`. */
  dispose(match: Partial<ContextKey>): Promise<void>;
  figures(): SandboxFigures;
  /** Sums since the last time this was asked: each number is given once. */
  takeDeltas(): FigureDelta[];
}

/** V8 reserves 512 MB of writable and executable space per isolate, never touched but counted by the data limit. */
const reservedPerIsolate = 530_000_000;
const reservedByNode = 700_000_000;
/** Beside the living ones: those that are being made, and ended ones whose memory is still on its way back. */
const isolatesInPassing = 100;
const closeGraceMs = 3_000;

export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const limits = Object.freeze({ ...defaultLimits, ...options.limits });
  const memoryBytes = (options.workerMemoryMb ?? 1_200) * 1_000_000;
  const isolates = limits.isolatesPerWorker + limits.preparedIsolates + isolatesInPassing;
  const command = await workerCommand({
    dataBytes: reservedByNode + isolates * reservedPerIsolate + memoryBytes,
    program: options.program,
  });
  const { workers, spares, log, onDisabled = () => undefined } = options;
  const supervisor = new Supervisor({ workers, spares, command, limits, log, memoryBytes, onDisabled });
  await supervisor.ready;
  return {
    run: (job) => supervisor.run(job),
    dispose: (match) => supervisor.dispose(match),
    figures: () => figuresOf(supervisor, command.protections),
    takeDeltas: () => supervisor.figures.take(),
    [Symbol.asyncDispose]: () => supervisor.close(closeGraceMs),
  };
}

function figuresOf(supervisor: Supervisor, protections: string[]): SandboxFigures {
  const workers = [...supervisor.pool.all].map(({ pid = 0, state, load, figures }) => ({
    pid,
    state,
    running: load,
    ...figures,
  }));
  const plugins = supervisor.figures.all();
  return { plugins, workers, waiting: supervisor.queue.size, disabled: disabledBy(supervisor), protections };
}

function disabledBy({ breaker }: Supervisor): DisabledPlugin[] {
  return breaker.open().map(({ group, restsMs }) => ({ ...groupParts(group), restsMs }));
}
