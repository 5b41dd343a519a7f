import { type Call, type Command, textOf } from '../command.ts';
import { openPluginFolder } from '../plugin-folder.ts';
import { registryAddress } from '../registry-client/address.ts';
import { ask } from '../registry-client/request.ts';
import { readToken } from '../token.ts';

export const status: Command = {
  summary: 'tell how far this version is in the registry',
  help: `Asks the registry about the version of digione.json: its state, its place in the review queue and what the checks found.`,
  options: {
    'token-file': { type: 'string', value: 'FILE', help: 'file with a token of the vendor, who sees more than others' },
    registry: { type: 'string', value: 'URL', help: 'the registry; by default DIGIONE_REGISTRY or the local one' },
  },
  async run(call) {
    const { values, surroundings } = call;
    const { manifest } = await openPluginFolder(surroundings.folder);
    const registry = registryAddress(textOf(values, 'registry') ?? surroundings.registry);
    const path = `/v1/plugins/${manifest.id}/${manifest.version}`;
    const { body } = await ask(registry, { method: 'GET', path, headers: await authorization(call) });
    surroundings.terminal.say(`${manifest.id} ${manifest.version}: ${String(body.state)}`);
    for (const line of details(body)) surroundings.terminal.say(line);
  },
};

async function authorization({ values, surroundings }: Call): Promise<Record<string, string>> {
  const file = textOf(values, 'token-file');
  if (!file && !surroundings.token) return {};
  return { authorization: `Bearer ${await readToken(file, surroundings)}` };
}

function* details({ queue, checks }: Record<string, unknown>): Generator<string> {
  if (isRecord(queue))
    yield `place ${String(queue.position)} in the queue of ${queue.lane === 'update' ? 'updates' : 'new plugins'}`;
  for (const check of Array.isArray(checks) ? checks : []) {
    if (isRecord(check) && !check.ok)
      yield `${String(check.severity)} ${String(check.check)}: ${String(check.message)}${check.where ? ` (${String(check.where)})` : ''}`;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
