import type { ExecutionContext } from 'ava';
import type { Answer, RunningRegistry } from './running-registry.ts';

const tables = [
  'plugin',
  'release',
  'content',
  'release_transition',
  'log_entry',
  'trust_metadata',
  'trust_target',
  'listing',
];

/** The act is refused with the status and code, and no table of the registry has a row more or less. */
export async function refusedWithoutTrace(
  t: ExecutionContext,
  registry: RunningRegistry,
  { status, code, act }: { status: number; code: string; act: () => Promise<Answer> },
): Promise<Answer> {
  const before = await rowCounts(registry);
  const answer = await act();
  t.is(answer.status, status, JSON.stringify(answer.body));
  t.is(answer.body['code'], code);
  t.deepEqual(await rowCounts(registry), before);
  return answer;
}

async function rowCounts({ database }: RunningRegistry): Promise<object> {
  const counts = tables.map((table) => `(select count(*) from registry.${table}) as ${table}`);
  const [row] = await database.asOwner(`select ${counts.join(', ')}`);
  return row!;
}
