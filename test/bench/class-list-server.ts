// The two servers of the class-list bench, in a process of their own, so that the client does not share their thread.
import Koa from 'koa';
import pg from 'pg';
import { Type } from 'typebox';
import { createAccess } from '../../core/access/index.ts';
import { connectDatabase } from '../../core/db/index.ts';
import { createService, defineRoute } from '../../core/http/index.ts';
import type { Actor } from '../../core/identity/index.ts';
import { fixedClock } from '../../core/kernel/index.ts';
import { actorOf } from '../core/access/small-world.ts';
import { quietLog } from '../support/database.ts';
import { elements, firstClass, grant, municipality, plugin } from './bench-school.ts';

const [coreUrl = '', administratorUrl = ''] = process.argv.slice(2);
const clock = fixedClock('2026-11-24T10:00:00Z');
const connections = 8;

const database = await connectDatabase({ url: coreUrl, schema: 'core', poolSize: connections, log: quietLog });
const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
const ofClass = access.pseudonym(municipality, plugin, firstClass);
const actor = actorOf('teacher', 'teacher');
const ours = createService<Actor>({
  name: 'bench',
  log: quietLog,
  clock,
  openapi: { title: 'bench', version: '0' },
  authenticate: async () => actor,
  routes: [
    defineRoute<Actor>()({
      method: 'GET',
      path: '/list',
      summary: 'A class through decide, consent and audit.',
      access: 'session',
      responses: { 200: Type.Array(Type.Record(Type.String(), Type.Unknown())) },
      handle: async (request) => {
        const asked = { grant, actor: request.actor, purpose: 'list', elements, class: ofClass };
        return { body: (await access.students(asked)).rows };
      },
    }),
  ],
});

const pool = new pg.Pool({ connectionString: administratorUrl, max: connections, options: '-c search_path=core' });
const byHand = new Koa();
const text = `select p.id, p.given_name, p.family_name, p.preferred_name, c.grade, p.birth_date, p.language, p.email, p.phone, p.address,
    p.photo, s.valid as consented
  from enrollment e
  join class c on c.municipality_id = e.municipality_id and c.id = e.class_id
  join person p on p.municipality_id = e.municipality_id and p.id = e.person_id
  left join consent_state s on s.municipality_id = p.municipality_id and s.person_id = p.id and s.plugin = $3 and s.purpose = 'list'
  where e.municipality_id = $1 and e.class_id = $2 and e.role = 'student' order by p.family_name, p.given_name`;
byHand.use(async (ctx) => {
  ctx.body = (await pool.query({ name: 'list', text, values: [municipality, firstClass, plugin] })).rows;
});

const one = await ours.listen(0);
const other = byHand.listen(0, '127.0.0.1', () => {
  process.send?.({ ours: one.port, beside: (other.address() as { port: number }).port });
});
