import test from 'ava';
import { connectDatabase } from '../../../core/db/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { requireAssessment } from '../../../core/rights/index.ts';
import { quietLog } from '../../support/database.ts';
import { document, municipality } from '../access/plant-world.ts';
import { elsewhere, mother, officer, rightsWorld, type RightsWorld } from './rights-world.ts';

const agreement = '99999999-0000-4000-8000-000000000001';
const path = `/api/officer/assessments/${agreement}`;

const terms = (more: object = {}) => ({
  ...document,
  plugin: 'demo-vendor/hello-class',
  consentMajor: 1,
  elements: [
    {
      purpose: 'list',
      element: 'students.photo',
      legalBasis: 'consent',
      necessity: 'To know the faces',
      retentionDays: 30,
      background: false,
    },
  ],
  ai: { used: false },
  ...more,
});

/** The agreement asks for photos, so that its risk is high. */
async function started(): Promise<RightsWorld> {
  const world = await rightsWorld();
  await agree(world, ['students.photo']);
  return world;
}

/** Puts elements and other terms into the agreement, behind the back of the application, which could not. */
async function agree(world: RightsWorld, elements: string[], more: object = {}): Promise<void> {
  await using administrator = await connectDatabase({
    url: world.platform.url,
    schema: 'core',
    poolSize: 1,
    log: quietLog,
  });
  await administrator.global(async (tx) => {
    await tx.query({ text: 'delete from agreement_element' });
    await tx.query({ text: 'update agreement set document = $1', values: [{ ...document, ...more }] });
    for (const element of elements)
      await tx.query({
        text: `insert into agreement_element (municipality_id, agreement_id, purpose, element, legal_basis, necessity, retention_days)
          values ($1, $2, 'list', $3, 'consent', 'To know the faces', 30)`,
        values: [municipality, agreement, element],
      });
  });
}

const gate = (world: RightsWorld, consentMajor = 1) =>
  world.platform.database.inTenant(municipality, (tx) =>
    requireAssessment(tx, municipality, {
      plugin: 'demo-vendor/hello-class',
      consentMajor,
      document: terms() as never,
    }),
  );

interface Shown {
  state: string;
  triggers: string[];
  revision: number;
  risks: { id: string; likelihood: number; severity: number; mitigation: string }[];
  description: { data: { element: string }[]; recipients: { name: string }[] };
  signedHash: string | null;
}
const read = async (world: RightsWorld) => (await world.service.send(officer, 'GET', path)).body as unknown as Shown;

const answered = ({ risks, revision }: Shown, more: object = {}) => ({
  risks: risks.map(({ id, likelihood, severity }) => ({
    id,
    likelihood,
    severity,
    mitigation: 'The teacher decides.',
  })),
  necessity: 'Substitutes must know whom they teach.',
  conclusion: 'The remaining risk is low enough.',
  revision,
  ...more,
});
const write = (world: RightsWorld, body: object, who: Actor = officer) => world.service.send(who, 'PUT', path, body);
const sign = (world: RightsWorld, revision: number, who: Actor = officer) =>
  world.service.send(who, 'POST', `${path}/sign`, { revision });

test.serial(
  'a plugin with sensitive terms is refused until the officer has signed an assessment, which comes filled in',
  async (t) => {
    await using world = await started();
    await t.throwsAsync(gate(world), { code: 'assessment-missing' });
    const first = await read(world);
    t.like(first, { state: 'missing', triggers: ['image'] });
    t.deepEqual(
      first.risks.map(({ id }) => id),
      ['children', 'access', 'retention', 'image'],
    );
    t.deepEqual(
      first.description.data.map(({ element }) => element),
      ['students.photo'],
    );
    t.is(first.description.recipients[0]!.name, 'Demo Vendor Oy');
    t.is((await sign(world, 1)).body.code, 'invalid', 'nothing is written yet');
    const written = (await write(world, answered(first))).body as unknown as Shown;
    t.like(written, { state: 'draft', revision: 1 });
    await t.throwsAsync(gate(world), { code: 'assessment-missing' }, 'a draft opens nothing');
    const signed = (await sign(world, 1)).body as unknown as Shown;
    t.is(signed.state, 'signed');
    t.regex(signed.signedHash!, /^[0-9a-f]{64}$/);
    await t.notThrowsAsync(gate(world));
    await t.throwsAsync(gate(world, 2), { code: 'assessment-missing' }, 'other terms ask again');
  },
);

test.serial('what is signed never changes, and nobody writes over what another has written', async (t) => {
  await using world = await started();
  const first = await read(world);
  await write(world, answered(first));
  t.is((await write(world, answered(first))).body.code, 'conflict', 'an old revision');
  t.is((await sign(world, 5)).body.code, 'conflict');
  await sign(world, 1);
  t.is((await sign(world, 1)).body.code, 'conflict', 'twice');
  t.is((await write(world, answered(await read(world)))).body.code, 'conflict');
});

test.serial(
  'an answer is missing, a risk is unknown, or one stays so high that the authority is asked first',
  async (t) => {
    await using world = await started();
    const first = await read(world);
    const short = answered(first);
    t.is((await write(world, { ...short, risks: short.risks.slice(1) })).body.code, 'invalid');
    t.is(
      (await write(world, { ...short, risks: short.risks.map((risk) => ({ ...risk, id: 'image' })) })).body.code,
      'invalid',
    );
    const high = { ...short, risks: short.risks.map((risk) => ({ ...risk, likelihood: 4, severity: 4 })) };
    t.is((await write(world, high)).status, 200);
    t.is((await sign(world, 1)).body.code, 'invalid');
  },
);

test.serial('plain terms need none', async (t) => {
  await using world = await rightsWorld();
  const plain = { ...terms(), elements: [] };
  await t.notThrowsAsync(
    world.platform.database.inTenant(municipality, (tx) =>
      requireAssessment(tx, municipality, { plugin: 'x/y', consentMajor: 1, document: plain as never }),
    ),
  );
});

test.serial('artificial intelligence, marks, health and places outside the EEA ask for one too', async (t) => {
  await using world = await started();
  const asked = async (elements: string[], more: object = {}) => {
    await agree(world, elements, more);
    return (await read(world)).triggers;
  };
  t.deepEqual(await asked(['students.photo'], { ai: { used: true } }), ['image', 'ai']);
  t.deepEqual(await asked(['gradebook.results']), ['results']);
  t.deepEqual(await asked(['attendance.illness']), ['health']);
  t.deepEqual(await asked(['students.givenName'], { subProcessors: [{ name: 'Far Inc', country: 'US' }] }), [
    'third-country',
  ]);
});

test.serial('only the officer of the municipality reads, writes and signs it, with a fresh sign-in', async (t) => {
  await using world = await started();
  const first = await read(world);
  await write(world, answered(first));
  t.is((await world.service.send(elsewhere, 'GET', path)).body.code, 'not-found');
  t.is((await sign(world, 1, elsewhere)).body.code, 'not-found');
  t.is((await sign(world, 1, mother)).body.code, 'not-allowed');
  const stale = { ...officer, session: 'stale-officer', authTime: new Date(Date.now() - 6 * 60_000) };
  t.is((await sign(world, 1, stale)).body.code, 'fresh-sign-in-needed');
});
