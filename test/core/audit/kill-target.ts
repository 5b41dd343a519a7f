// A core that reads class lists over HTTP until it is killed; the address names each read, so that its event can be found.
import { createServer } from 'node:http';
import { createAccess } from '../../../core/access/index.ts';
import { connectDatabase } from '../../../core/db/index.ts';
import { createLog, fixedClock } from '../../../core/kernel/index.ts';
import { actorOf, grant } from '../access/small-world.ts';

const [url = ''] = process.argv.slice(2);
const database = await connectDatabase({
  url,
  schema: 'core',
  poolSize: 4,
  log: createLog({ name: 'target', level: 'error' }),
});
const clock = fixedClock('2026-11-24T10:00:00Z');
const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
const question = { actor: actorOf('teacher', 'teacher'), purpose: 'list', elements: ['students.givenName'] };

const server = createServer(async (request, response) => {
  const version = request.url!.slice(1);
  const { rows } = await access.students({ ...question, grant: { ...grant, version } });
  response.end(JSON.stringify(rows));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
