import { randomUUID } from 'node:crypto';
import { createLog, Refusal, type RefusalCode } from '@digione/core/kernel';
import { createSandbox, type Sandbox } from '@digione/core/sandbox';
import { codeOf, PluginError } from '@digione/sdk/errors';
import { createTestHost, makeTestSchool, type TestHost, type TestSchool } from '@digione/sdk/testing';
import { checkViews } from '@digione/sdk/views';
import { type BuiltPlugin, buildPlugin } from '../build/build-plugin.ts';
import { openPluginFolder } from '../plugin-folder.ts';

/** A plugin that runs in the real sandbox against a school in memory. */
export interface DevPlugin extends AsyncDisposable {
  readonly school: TestSchool;
  readonly built: BuiltPlugin;
  /** Answers a call or a tile; rejects with a `PluginError`. */
  run(kind: 'call' | 'tile', name: string, argument: unknown): Promise<unknown>;
  /** Builds anew; what was stored stays. */
  rebuild(): Promise<void>;
}

/** Builds the plugin of a folder and starts a sandbox for it. */
export async function startDevPlugin(folder: string): Promise<DevPlugin> {
  const school = makeTestSchool({ today: new Date().toISOString().slice(0, 10) });
  const sandbox = await createSandbox({
    workers: 1,
    spares: 0,
    log: createLog({ name: 'digione-dev', level: 'silent' }),
  });
  const build = async () => buildPlugin(await openPluginFolder(folder));
  const state = await build().then(
    (built) => ({ built, host: createTestHost({ manifest: built.bundle.manifest, school }) }),
    async (error: unknown) => {
      await sandbox[Symbol.asyncDispose]();
      throw error;
    },
  );
  return {
    school,
    get built() {
      return state.built;
    },
    run: (kind, name, argument) => runHandler(sandbox, state, { kind, name, argument }),
    async rebuild() {
      state.built = await build();
    },
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

interface Asked {
  readonly kind: 'call' | 'tile';
  readonly name: string;
  readonly argument: unknown;
}

const [municipality, school] = [randomUUID(), randomUUID()];

async function runHandler(
  sandbox: Sandbox,
  { built, host }: { built: BuiltPlugin; host: TestHost },
  { kind, name, argument }: Asked,
): Promise<unknown> {
  const { manifest, digest, files } = built.bundle;
  const source = async () => Buffer.from(files.get('backend.js') ?? []).toString('utf8');
  const key = {
    municipality,
    school,
    user: host.context.user.id,
    plugin: manifest.id,
    version: manifest.version,
    digest,
  };
  const job = {
    key,
    source,
    kind,
    name,
    argument: JSON.stringify(argument ?? null),
    context: JSON.stringify(host.context),
  };
  const text = await sandbox.run({ ...job, hostCall: (door, asked) => answer(host, door, asked) }).catch(forPage);
  const value: unknown = JSON.parse(text);
  return kind === 'tile' ? checkedView(value) : value;
}

async function answer(host: TestHost, door: string, argument: string): Promise<string> {
  try {
    return JSON.stringify(await host.invoke(door, JSON.parse(argument)));
  } catch (error) {
    const code: RefusalCode = codeOf(error) ?? 'host-failed';
    throw new Refusal(code, error instanceof Error ? error.message : 'The host failed.');
  }
}

function forPage(error: unknown): never {
  throw new PluginError(codeOf(error) ?? 'host-failed', error instanceof Error ? error.message : 'The host failed.');
}

function checkedView(value: unknown): unknown {
  const outcome = checkViews(value);
  if (outcome.ok) return outcome.view;
  throw new PluginError('invalid-result', `${outcome.problem.pointer || '/'}: ${outcome.problem.message}`);
}
