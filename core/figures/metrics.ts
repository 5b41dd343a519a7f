import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { type FigureDelta, type Sandbox, wallBounds } from '../sandbox/index.ts';

const owner = ['municipality', 'plugin', 'version'] as const;

/** This node's figures for Prometheus. Schools and persons are no labels: a label is for ever and for everybody who scrapes. */
export interface Metrics {
  add(deltas: FigureDelta[]): void;
  text(): Promise<string>;
}

export function createMetrics(sandbox: Pick<Sandbox, 'figures'>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = countersIn(registry);
  gaugesIn(registry, sandbox);
  return {
    add(deltas) {
      for (const { municipality, plugin, version, sums } of deltas) {
        const labels = { municipality, plugin, version };
        for (const [sum, amount] of Object.entries(sums)) addSum(counters, labels, sum, amount);
      }
    },
    text: () => registry.metrics(),
  };
}

type Labels = Record<(typeof owner)[number], string>;
type Counters = ReturnType<typeof countersIn>;

function countersIn(registry: Registry) {
  const registers = [registry];
  const counter = <Name extends string>(name: string, help: string, extra: readonly Name[] = []) =>
    new Counter<(typeof owner)[number] | Name>({ name, help, labelNames: [...owner, ...extra], registers });
  return {
    calls: counter('digione_plugin_calls_total', 'Calls of handlers that ran'),
    cpuMs: counter('digione_plugin_cpu_seconds_total', 'Estimated processor time of plugins'),
    hostCalls: counter('digione_plugin_host_calls_total', 'Asks of plugins to doors of the host'),
    hostRefused: counter('digione_plugin_host_refused_total', 'Asks that a door refused'),
    disabled: counter('digione_plugin_disabled_total', 'Times that a version was switched off after crashes'),
    errors: counter('digione_plugin_errors_total', 'Calls that ended with an error, by its code', ['code']),
    wall: counter('digione_plugin_call_duration_ms_bucket', 'Calls that took at most `le` milliseconds', ['le']),
  };
}

function addSum(counters: Counters, labels: Labels, sum: string, amount: number): void {
  if (sum.startsWith('error:')) counters.errors.inc({ ...labels, code: sum.slice('error:'.length) }, amount);
  else if (sum.startsWith('wall:')) addWall(counters, labels, Number(sum.slice('wall:'.length)), amount);
  else if (sum === 'cpuMs') counters.cpuMs.inc(labels, amount / 1000);
  else if (sum === 'calls' || sum === 'hostCalls' || sum === 'hostRefused' || sum === 'disabled')
    counters[sum].inc(labels, amount);
}

/** Prometheus wants each bucket to hold those below it. */
function addWall(counters: Counters, labels: Labels, bound: number, amount: number): void {
  for (const le of wallBounds) if (le >= bound) counters.wall.inc({ ...labels, le: String(le) }, amount);
  counters.wall.inc({ ...labels, le: '+Inf' }, amount);
}

function gaugesIn(registry: Registry, sandbox: Pick<Sandbox, 'figures'>): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  const workers = () => sandbox.figures().workers;
  const sum = (of: (worker: ReturnType<typeof workers>[number]) => number) => () =>
    workers().reduce((all, worker) => all + of(worker), 0);
  gauge(
    'digione_sandbox_workers_ready',
    'Worker processes that can take calls',
    () => workers().filter(({ state }) => state === 'ready').length,
  );
  gauge(
    'digione_sandbox_calls_running',
    'Calls that run',
    sum(({ running }) => running),
  );
  gauge('digione_sandbox_calls_waiting', 'Calls that wait for a worker', () => sandbox.figures().waiting);
  gauge(
    'digione_sandbox_isolates',
    'Living isolates',
    sum(({ isolates }) => isolates),
  );
  gauge(
    'digione_sandbox_memory_bytes',
    'Resident memory of all workers',
    sum(({ rss }) => rss),
  );
  gauge(
    'digione_sandbox_plugins_disabled',
    'Plugin versions that rest after crashes',
    () => sandbox.figures().disabled.length,
  );
}

/** Serves `GET /metrics` on an address of its own, so that no proxy in front of the portal ever passes it on. */
export async function serveMetrics(
  place: string,
  text: () => Promise<string>,
): Promise<AsyncDisposable & { port: number }> {
  const { hostname, port } = new URL(`http://${place}`);
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    text().then(
      (body) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(Number(port), hostname, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
