import { Agent, request } from 'node:http';

export interface PostLoad {
  url: string;
  body: string;
  /** One set for each connection, in turns. */
  headers: Record<string, string>[];
  connections: number;
  answers: number;
}

/** Answers per second of POST requests; anything but 200 ends the measurement. */
export async function postsPerSecond({ url, body, headers, connections, answers }: PostLoad): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let left = answers;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, line) => {
      const own = { ...headers[line % headers.length], 'content-length': String(Buffer.byteLength(body)) };
      while (left-- > 0) await post(url, { body, headers: own, agent });
    }),
  );
  agent.destroy();
  return answers / ((performance.now() - started) / 1000);
}

function post(
  url: string,
  { body, headers, agent }: { body: string; headers: Record<string, string>; agent: Agent },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      if (answer.statusCode === 200) {
        answer.resume();
        answer.once('end', resolve);
        return;
      }
      let said = '';
      answer.on('data', (chunk: Buffer) => (said += chunk.toString()));
      answer.once('end', () => reject(new Error(`${url} answered ${answer.statusCode}: ${said}`)));
    });
    asked.once('error', reject);
    asked.end(body);
  });
}
