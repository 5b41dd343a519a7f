import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Actor } from '../../identity/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { RightsDeps } from '../exercising.ts';
import { csvLine } from '../record/csv.ts';
import { changeIncident, type IncidentRow } from './incident-store.ts';
import { log, step } from './incidents.ts';
import { letter } from './letter.ts';
import { type Addressee, addresseesOf } from './letter-store.ts';

/**
 * One letter for each recipient who may safely have one, with a list of how each is to be delivered and one of whom there is
 * none for. Made anew each time: who has become unsafe since has no letter any more.
 */
export async function letters(deps: RightsDeps, actor: Actor, id: Id): Promise<Readable> {
  const { clock } = deps;
  const made = await step(deps, actor, id, async (tx, row, municipality) => {
    if (row.state === 'open')
      refuse('conflict', 'First the incident is assessed: only then it is known whom it concerns.');
    const all = await addresseesOf(tx, municipality, { incident: id, today: clock.today() });
    await changeIncident(tx, { municipality, id }, { state: row.state, lettersAt: clock.now() });
    const persons = [...new Set(all.map(({ person }) => person))];
    await log(deps, tx, actor, { action: 'case.incident-letters', plugin: row.plugin, persons });
    return { row, all };
  });
  const output = new PassThrough();
  zipOf(made, actor, { output, at: clock.now() }).catch((error: unknown) => {
    deps.log.warn({ error: String(error) }, 'letters broke off');
    output.destroy(error instanceof Error ? error : undefined);
  });
  return output;
}

async function zipOf(
  { row, all }: { row: IncidentRow; all: Addressee[] },
  actor: Actor,
  { output, at }: { output: PassThrough; at: Date },
): Promise<void> {
  const zip = new ZipFile();
  const delivery = pipeline(zip.outputStream, output);
  const failed = once(zip, 'error').then(([error]) => Promise.reject(error));
  const parts = { incident: row, municipality: actor.municipality.name, officer: actor.name, at };
  const sent: string[] = [];
  for (const to of all.filter(({ withheld }) => withheld === null)) {
    const name = `letters/${String(sent.length + 1).padStart(4, '0')}-${to.language}.html`;
    zip.addBuffer(Buffer.from(letter({ ...parts, to })), name, { mtime: at });
    const how = to.isProtected || to.address === null ? 'in person' : 'post';
    sent.push(csvLine([name, to.recipientName, to.as, to.personName, to.language, how]));
  }
  const none = all
    .filter(({ withheld }) => withheld !== null)
    .map(({ recipientName, as, personName, withheld }) => csvLine([recipientName, as, personName, withheld!]));
  const head = csvLine(['letter', 'recipient', 'as', 'about', 'language', 'delivery']);
  zip.addBuffer(Buffer.from([head, ...sent, ''].join('\r\n')), 'deliveries.csv', { mtime: at });
  zip.addBuffer(
    Buffer.from([csvLine(['recipient', 'as', 'about', 'why']), ...none, ''].join('\r\n')),
    'no-letter.csv',
    { mtime: at },
  );
  zip.end();
  await Promise.race([delivery, failed]);
}
