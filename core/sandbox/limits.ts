/** What one call may use. Times in milliseconds, sizes in bytes (of UTF-16 text: characters). */
export interface CallLimits {
  /** Processor time of the guest, over all its slices. */
  cpuMs: number;
  /** From the moment the worker starts the call to its answer. */
  wallMs: number;
  hostCallsInFlight: number;
  hostCallsTotal: number;
  hostBytesTotal: number;
}

export interface SandboxLimits {
  interactive: CallLimits;
  job: CallLimits;
  /** Processor time to run the bundle's top level, once per context. */
  loadCpuMs: number;
  /** V8's (soft) limit per isolate; the worker process has hard ones. */
  isolateMemoryMb: number;
  /** One argument, answer or host result. */
  messageBytes: number;
  sourceBytes: number;
  jsonDepth: number;
  jsonKeys: number;
  timers: number;
  logLines: number;
  logBytes: number;
  isolatesPerWorker: number;
  contextsPerIsolate: number;
  /** An isolate is replaced after so many contexts: V8 reclaims released ones late. */
  contextsPerIsolateLife: number;
  preparedIsolates: number;
  /** Calls that run at once: in one worker, and of one plugin version in one municipality. */
  runningPerWorker: number;
  runningPerGroup: number;
  /** Calls that wait, per plugin version and municipality; the next one is refused. */
  waitingPerGroup: number;
  /** A call that no worker took for so long ends as unavailable: nobody waits for ever. */
  waitingMs: number;
  heartbeatMs: number;
  /** Strikes that open the breaker of a plugin version in a municipality, and how long it stays open at first. */
  breakerStrikes: number;
  breakerWindowMs: number;
  breakerRestMs: number;
}

const interactive: CallLimits = {
  cpuMs: 50,
  wallMs: 2_000,
  hostCallsInFlight: 32,
  hostCallsTotal: 1_000,
  hostBytesTotal: 8_000_000,
};

export const defaultLimits: SandboxLimits = Object.freeze({
  interactive,
  job: { ...interactive, cpuMs: 5_000, wallMs: 300_000, hostCallsTotal: 20_000, hostBytesTotal: 100_000_000 },
  loadCpuMs: 1_000,
  isolateMemoryMb: 64,
  messageBytes: 1_000_000,
  sourceBytes: 4_000_000,
  jsonDepth: 64,
  jsonKeys: 100_000,
  timers: 64,
  logLines: 200,
  logBytes: 32_000,
  isolatesPerWorker: 400,
  contextsPerIsolate: 32,
  contextsPerIsolateLife: 500,
  preparedIsolates: 2,
  runningPerWorker: 64,
  runningPerGroup: 16,
  waitingPerGroup: 64,
  waitingMs: 15_000,
  heartbeatMs: 1_000,
  breakerStrikes: 3,
  breakerWindowMs: 600_000,
  breakerRestMs: 60_000,
});
