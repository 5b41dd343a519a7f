import test from 'ava';
import { createAccess, decide, type Question, type World } from '../../../core/access/index.ts';
import { fixedClock, newId } from '../../../core/kernel/index.ts';
import { testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from './plant-world.ts';
import { actorOf, classOf7A, grant, people, school, smallWorld } from './small-world.ts';

const now = '2026-11-24T10:00:00.000Z';
const clock = fixedClock(now);
const asked = ['students.givenName', 'students.familyName', 'students.email'];
const visitor = '77777777-0000-4000-8000-000000000001';
const order = (kind: World['protections'][number]['kind'], more: { against?: string } = {}) => ({
  ...{ person: people.aino, kind, span: { from: '2026-08-01' }, ...more },
});
const visit = { by: visitor, school, until: '2026-11-24T10:30:00.000Z' };

const cases: { title: string; changes: Partial<World>; seen: string[] }[] = [
  { title: 'without a visit nobody is there', changes: {}, seen: [] },
  { title: 'during one the class is there', changes: { visits: [visit] }, seen: [people.aino, people.eero] },
  { title: 'a visit that ended opens nothing', changes: { visits: [{ ...visit, until: now }] }, seen: [] },
  { title: 'another person’s visit opens nothing', changes: { visits: [{ ...visit, by: people.teacher }] }, seen: [] },
  {
    title: 'whoever is under a non-disclosure order is not there',
    changes: { visits: [visit], protections: [order('non-disclosure')] },
    seen: [people.eero],
  },
  {
    title: 'nor is whose data is restricted',
    changes: { visits: [visit], protections: [order('restriction')] },
    seen: [people.eero],
  },
  {
    title: 'a custody entry against a parent hides nobody from support',
    changes: { visits: [visit], protections: [order('custody', { against: people.father })] },
    seen: [people.aino, people.eero],
  },
];

for (const { title, changes, seen } of cases)
  test(`Support staff: ${title}, in the statement and in the reference decision`, async (t) => {
    await using platform = await testDatabase();
    const { database } = platform;
    await addMunicipality(database);
    const world = smallWorld(changes);
    await database.inTenant(municipality, async (tx) => {
      await plantWorld(tx, municipality, world);
      for (const { by, school: at, until } of world.visits ?? [])
        await tx.query({
          text: `insert into support_visit (municipality_id, id, asked_by, asked_account, asker_name, reason, minutes, asked_at,
                   lapses_at, answer, answered_by, answered_account, answered_at, school_id, ends_at)
                 values ($1, $2, $3, $2, 'Tuki', 'we look for a fault', 60, $4, $4, 'opened', $2, $3, '2026-11-24T09:45:00Z', $5, $6)`,
          values: [municipality, newId(), by, '2026-11-24T09:40:00Z', at, until],
        });
    });
    const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
    const home = actorOf('teacher', 'support');
    const actor = {
      ...home,
      person: visitor,
      visit: { id: newId(), endsAt: new Date(visit.until) },
      readOnly: true as const,
    };
    const purpose = 'support';
    const portal = { kind: 'portal', municipality, purpose } as const;
    const { rows } = await access.students({ grant: portal, actor, purpose, elements: asked, school });
    t.deepEqual(rows.map(({ id }) => id).sort(), [...seen].sort());
    const question: Question = {
      school,
      purpose,
      actor: visitor,
      role: 'support',
      today: '2026-11-24',
      now,
      elements: asked,
    };
    const decision = decide(world, question);
    t.is(decision.verdict, undefined);
    t.deepEqual(
      decision.subjects
        .filter(({ visible }) => visible)
        .map(({ person }) => person)
        .sort(),
      [...seen].sort(),
    );
    const classes = await access.classes({ grant: portal, actor, purpose, elements: ['classes.title'], school });
    t.deepEqual(
      classes.rows.map(({ id }) => id),
      seen.length > 0 ? [classOf7A] : [],
    );
    await t.throwsAsync(access.students({ grant, actor, purpose: 'list', elements: asked }), { code: 'not-allowed' });
    const { visit: _, readOnly: __, ...atHome } = actor;
    const athome = access.students({ grant: portal, actor: atHome, purpose, elements: asked, school });
    await t.throwsAsync(athome, { code: 'not-allowed' });
  });
