import test from 'ava';
import { type Clock, createLog, Refusal, systemClock } from '../../../core/kernel/index.ts';
import type { PluginGrant } from '../../../core/marketplace/index.ts';
import { call } from '../../../core/plugins/call.ts';
import { createRateLimit } from '../../../core/plugins/rate-limit.ts';
import type { PluginDeps } from '../../../core/plugins/run-plugin.ts';
import { createTurnstile } from '../../../core/plugins/turnstile.ts';
import { createSeenContexts } from '../../../core/plugins/seen-contexts.ts';
import type { SandboxJob } from '../../../core/sandbox/index.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { actor } from '../marketplace/school-world.ts';

const clock: Clock = systemClock();
const id = '00000000-0000-7000-8000-000000000001';
const teacher = actor({ municipality: id, code: '049', who: id, role: 'teacher', school: id });
const grant = {
  municipality: id,
  plugin: 'demo-vendor/x1',
  school: id,
  schoolName: 'S',
  manifest: sampleManifest(),
} as PluginGrant;

/** A sandbox whose first run ends because the rights changed, after the backend asked some doors. */
function depsWith(
  runs: ((job: SandboxJob) => Promise<string>)[],
  admitted: () => PluginGrant = () => grant,
): PluginDeps {
  return {
    grants: { of: async () => admitted() },
    bundles: { open: async () => ({ digest: '', files: new Map() }), source: async () => '' },
    sandbox: { run: async (job) => (runs.shift() ?? (async () => 'null'))(job), dispose: async () => undefined },
    capabilities: { ask: async () => 'null' },
    access: { pseudonym: () => id },
    clock,
    rate: createRateLimit({ clock, perSecond: 20, burstSeconds: 10 }),
    seen: createSeenContexts(async () => undefined),
    turnstile: createTurnstile(),
  };
}

const request = {
  actor: teacher,
  plugin: 'demo-vendor/x1',
  log: createLog({ name: 'test', level: 'silent' }),
  trace: 't',
};
const endsAfter = (door: string) => async (job: SandboxJob) => {
  await job.hostCall(door, '{}', { signal: new AbortController().signal });
  throw new Refusal('unavailable', 'The rights of this context changed');
};

test('a call that met a change of rights and only read starts once more', async (t) => {
  const deps = depsWith([endsAfter('storage.list'), async () => '"answer"']);
  t.is(await call(deps, request, { method: 'x' }), 'answer');
});

test('a call that has changed something is not repeated', async (t) => {
  const deps = depsWith([endsAfter('storage.put'), async () => '"answer"']);
  await t.throwsAsync(call(deps, request, { method: 'x' }), { code: 'unavailable' });
});

test('the second start is under the rights of then', async (t) => {
  let looks = 0;
  const deps = depsWith([endsAfter('storage.get')], () => {
    looks += 1;
    if (looks > 1) throw new Refusal('plugin-stopped', 'stopped');
    return grant;
  });
  await t.throwsAsync(call(deps, request, { method: 'x' }), { code: 'plugin-stopped' });
});

test('it starts again once, not for ever', async (t) => {
  const deps = depsWith([endsAfter('storage.get'), endsAfter('storage.get'), async () => '"never"']);
  await t.throwsAsync(call(deps, request, { method: 'x' }), { code: 'unavailable' });
});

test('other ends are told as they are', async (t) => {
  const lost = async () => {
    throw new Refusal('worker-lost', 'lost');
  };
  await t.throwsAsync(call(depsWith([lost, async () => '"answer"']), request, { method: 'x' }), {
    code: 'worker-lost',
  });
});
