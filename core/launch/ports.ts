import { connect, createServer } from 'node:net';

/** Refuses, in words, when a port that the platform needs is taken. */
export async function checkPorts(host: string, ports: Record<string, number>): Promise<void> {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(ports)) if (!(await isFree(host, port))) taken.push(`${port} (${name})`);
  if (taken.length === 0) return;
  throw new Error(
    `Port ${taken.join(', ')} is taken by another program. Stop it, or choose other ports: PORT=9080 DIGIONE_DATA_DIR=.digione-9080 npm start`,
  );
}

/** Free means that nobody answers there and that we may listen. */
async function isFree(host: string, port: number): Promise<boolean> {
  if (await answers(host, port)) return false;
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host: host === '0.0.0.0' ? '127.0.0.1' : host, port });
  return new Promise((resolve) => {
    const done = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.setTimeout(1_000, () => done(false));
  });
}
