import { bootstrapSource } from '../../core/sandbox/guest/source.ts';
import { defaultLimits, type SandboxLimits } from '../../core/sandbox/limits.ts';
import { Cells } from '../../core/sandbox/worker/cells.ts';
import { GuestCall } from '../../core/sandbox/worker/guest-call.ts';

export interface WorkerUnderTest {
  cells: Cells;
  call(wishes: { source: string; argument: string; user?: string; plugin?: string }): Promise<string>;
}

/** The inside of a worker process without its process: what a call costs once its frame has arrived. */
export async function workerUnderTest(limits: Partial<SandboxLimits> = {}): Promise<WorkerUnderTest> {
  const all = { ...defaultLimits, ...limits };
  const sources = new Map<string, string>();
  const waiting = new Map<number, { resolve: (text: string) => void; reject: (error: Error) => void }>();
  const outbox = {
    send: (message: { t: string; id?: number; code?: string }, payload = '') => {
      const settle = waiting.get(message.id ?? -1);
      if (message.t === 'answer' || message.t === 'failed') waiting.delete(message.id!);
      if (message.t === 'answer') settle?.resolve(payload);
      if (message.t === 'failed') settle?.reject(new Error(`${message.code}: ${payload}`));
    },
  };
  const cells = new Cells({
    limits: all,
    bootstrap: bootstrapSource(),
    sourceFor: async (call) => sources.get(call.order.key.digest)!,
    stuck: () => undefined,
  });
  await cells.warm();
  let next = 1;
  return {
    cells,
    call({ source, argument, user = 'u', plugin = 'p' }) {
      const id = next++;
      sources.set(plugin, source);
      const key = { municipality: 'm', plugin, version: '1.0.0', digest: plugin, school: 's', user };
      const order = {
        id,
        key,
        kind: 'call' as const,
        name: 'run',
        argument,
        context: '{"user":{"role":"teacher"}}',
        limits: all.job,
      };
      return new Promise<string>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        cells.submit(new GuestCall(order, outbox, () => undefined));
      });
    },
  };
}
