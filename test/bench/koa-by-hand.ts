// What a developer would write without any platform: Koa alone, and Koa + pg that checks and logs nothing. In a process of its own.
import Koa from 'koa';
import pg from 'pg';

const [connectionString = '', municipality = '', classId = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 8, options: '-c search_path=core' });
const text = `select p.id, p.given_name, p.family_name, p.preferred_name
  from enrollment e
  join class c on c.municipality_id = e.municipality_id and c.id = e.class_id
  join person p on p.municipality_id = e.municipality_id and p.id = e.person_id
  where e.municipality_id = $1 and e.class_id = $2 and e.role = 'student' order by p.family_name, p.given_name`;

const app = new Koa();
app.use(async (ctx) => {
  // Bodies are read as the platform has to.
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
  const asked = JSON.parse(Buffer.concat(chunks).toString()) as { argument: { name?: string } };
  if (ctx.path === '/hello') ctx.body = { value: { hello: asked.argument.name } };
  else
    ctx.body = {
      value: { students: (await pool.query({ name: 'list', text, values: [municipality, classId] })).rows },
    };
});
const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
