// Decisions from memory at growing numbers of consents, beside a bare Map lookup of the consent alone. (Engines such as casbin need an
// installation of their own and are not measured here yet.).
import { createDecisionIndex, type World } from '../../core/access/index.ts';
import { plugin, school, smallWorld } from '../core/access/small-world.ts';
import { compete, report, type Row } from './harness.ts';

const runs = 5;
const decisions = 300_000;
const today = '2026-11-24';
const perClass = 25;

function idOf(letter: string, number: number): string {
  return `${letter.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Classes of 25 with a teacher each; every learner has a consent, every third one is not in force. */
function worldOf(learners: number): World {
  const span = { from: '2026-08-01' };
  const everyone = Array.from({ length: learners }, (_, n) => n);
  const classes = Array.from({ length: Math.ceil(learners / perClass) }, (_, n) => n);
  return {
    ...smallWorld(),
    persons: everyone.map((n) => ({ id: idOf('e', n), birthDate: '2015-01-01', active: true })),
    classes: classes.map((n) => ({ id: idOf('c', n), school, active: true })),
    roles: classes.map((n) => ({ person: idOf('a', n), role: 'teacher', org: school, span })),
    enrollments: [
      ...everyone.map((n) => ({
        person: idOf('e', n),
        class: idOf('c', Math.floor(n / perClass)),
        school,
        role: 'student' as const,
        span,
      })),
      ...classes.map((n) => ({ person: idOf('a', n), class: idOf('c', n), school, role: 'teacher' as const, span })),
    ],
    guardianships: [],
    consents: everyone.map((n) => ({
      person: idOf('e', n),
      plugin,
      purpose: 'notes',
      consentMajor: 1,
      valid: n % 3 !== 0,
      elements: ['storage.notes'],
    })),
  };
}

function contest(learners: number): Promise<Row> {
  const world = worldOf(learners);
  const index = createDecisionIndex(world, today);
  const bare = new Map(world.consents.map(({ person, valid }) => [person, valid]));
  // A teacher's lens over the own class, as a list is filtered; the learners differ with every question.
  const teachers = Math.min(400, Math.ceil(learners / perClass));
  const questions = Array.from({ length: teachers }, (_, n) => {
    const number = Math.floor((n * learners) / perClass / teachers);
    const lens = index.lens({ school, plugin, purpose: 'notes', actor: idOf('a', number), role: 'teacher' });
    return Array.from({ length: perClass }, (_unused, place) => ({
      lens,
      person: idOf('e', number * perClass + place),
    }));
  }).flat();
  const perSecond = async (decide: (question: (typeof questions)[number]) => boolean): Promise<number> => {
    let allowed = 0;
    const started = performance.now();
    for (let i = 0; i < decisions; i += 1) if (decide(questions[i % questions.length]!)) allowed += 1;
    if (allowed === 0 || allowed === decisions) throw new Error('Every decision is the same: nothing is measured.');
    return decisions / ((performance.now() - started) / 1000);
  };
  return compete(
    {
      what: `${learners.toLocaleString('en')} consents`,
      unit: 'decisions per second',
      besideName: 'Map of consents',
      goal: 0.1,
      better: 'higher',
      ours: () => perSecond(({ lens, person }) => lens.allowed(person) !== 0),
      beside: () => perSecond(({ person }) => bare.get(person) === true),
    },
    runs,
  );
}

await contest(1_000);
const rows: Row[] = [];
for (const learners of [1_000, 10_000, 100_000, 1_000_000]) rows.push(await contest(learners));
const [first, last] = [rows[0]!, rows.at(-1)!];
const flatness = last.ours / first.ours;
rows.push({
  ...last,
  what: 'a million consents beside a thousand',
  beside: first.ours,
  besideName: 'ours at 1,000',
  ratio: flatness,
  goal: 0.5,
  met: flatness >= 0.5,
  spread: [flatness, flatness],
});
await report('decide', runs, rows);
