import { Agent, get } from 'node:http';

/** Answers per second of an address with so many connections, over so many answers. */
export async function answersPerSecond(
  url: string,
  { connections, answers }: { connections: number; answers: number },
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let left = answers;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left-- > 0) await ask(url, agent);
    }),
  );
  agent.destroy();
  return answers / ((performance.now() - started) / 1000);
}

function ask(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}.`));
      answer.resume();
      answer.once('end', resolve);
    });
    request.once('error', reject);
  });
}
