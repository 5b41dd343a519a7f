import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface PortCheck {
  host: string;
  /** Name of the server → its port. */
  ports: Record<string, number>;
  /** How long servers of a killed run get to notice and end. */
  patienceMilliseconds: number;
  /** Told once when it waits for them. */
  onWait(): void;
  signal?: AbortSignal | undefined;
}

/** Refuses, in words, when a port that the platform needs is taken. */
export async function checkPorts({ host, ports, patienceMilliseconds, onWait, signal }: PortCheck): Promise<void> {
  const deadline = Date.now() + patienceMilliseconds;
  let taken = await takenPorts(host, ports);
  if (taken.length > 0 && patienceMilliseconds > 0) onWait();
  while (taken.length > 0 && Date.now() < deadline) {
    signal?.throwIfAborted();
    await delay(50);
    taken = await takenPorts(host, ports);
  }
  if (taken.length === 0) return;
  throw new Error(
    `Port ${taken.join(', ')} is taken by another program. Stop it, or choose other ports: PORT=9080 DIGIONE_DATA_DIR=.digione-9080 npm start`,
  );
}

async function takenPorts(host: string, ports: Record<string, number>): Promise<string[]> {
  const free = await Promise.all(Object.values(ports).map((port) => isFree(host, port)));
  return Object.entries(ports).flatMap(([name, port], at) => (free[at] ? [] : [`${port} (${name})`]));
}

/** Free means that we may listen there. */
function isFree(host: string, port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
