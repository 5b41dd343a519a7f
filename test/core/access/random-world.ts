import fc from 'fast-check';
import { platformActor, type Question, type World } from '../../../core/access/index.ts';

/** A small closed universe, so that random rows meet each other often. */
export const today = '2026-11-24';
export const schools = ids('5', 2);
export const classes = ids('c', 3);
export const persons = ids('a', 6);
export const agreements = ids('9', 2);
export const plugins = ['demo-vendor/one', 'demo-vendor/two'];
export const purposes = ['list', 'notes'];
export const elements = [
  'students.givenName',
  'students.familyName',
  'students.birthDate',
  'students.email',
  'students.address',
  'storage.notes',
];

function ids(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter.repeat(8)}-0000-4000-8000-00000000000${index + 1}`);
}

const day = fc.constantFrom('2026-11-23', '2026-11-24', '2026-11-25');
const span = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ from: '2026-08-01' }) },
  { weight: 2, arbitrary: day.map((from) => ({ from })) },
  { weight: 2, arbitrary: day.map((to) => ({ from: '2026-08-01', to })) },
);
const person = fc.constantFrom(...persons);
/** Grown-ups and learners overlap in one person, so that roles may mix. */
const adult = fc.constantFrom(persons[0]!, persons[0]!, persons[0]!, ...persons.slice(0, 3));
const learner = fc.constantFrom(...persons.slice(2));
const school = fc.constantFrom(schools[0]!, schools[0]!, schools[0]!, schools[1]!);
const plugin = fc.constantFrom(plugins[0]!, plugins[0]!, plugins[1]!);
const purpose = fc.constantFrom(...purposes);
const someElements = fc.subarray(elements, { minLength: 1 });
const birthDate = fc.constantFrom('2008-11-23', '2008-11-24', '2008-11-25', '2012-02-29', '2015-05-05', '2015-05-05');
const mostly = <T>(usual: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
const usually = (usual: boolean) => mostly(usual, fc.constant(!usual));

const rows = <T>(row: fc.Arbitrary<T>, most: number, by?: (row: T) => unknown) =>
  by
    ? fc.uniqueArray(row, { maxLength: most, selector: by, size: 'max' })
    : fc.array(row, { maxLength: most, size: 'max' });

const enablement = (at: string, of: string) =>
  fc.record({
    school: fc.constant(at),
    plugin: fc.constant(of),
    agreement: mostly(agreements[plugins.indexOf(of)]!, fc.constantFrom(...agreements)),
    status: mostly<World['enablements'][number]['status']>('enabled', fc.constantFrom('stopped', 'disabled')),
  });

const agreedElement = (agreement: string, of: string, element: string) =>
  fc
    .record({
      agreement: fc.constant(agreement),
      purpose: fc.constant(of),
      element: fc.constant(element),
      basis: fc.constantFrom<World['agreed'][number]['basis']>('statutory', 'public-task', 'consent'),
      background: fc.boolean(),
      coarse: fc.boolean(),
      noExport: fc.boolean(),
      lease: mostly<NonNullable<World['agreed'][number]['lease']>>('while-user-online', fc.constant('during-request')),
    })
    .map((row) => (row.lease === 'during-request' ? { ...row, background: false } : row));

/** Some of the rows, most of the time most of them. */
const mostOf = <T>(all: fc.Arbitrary<T>[]) =>
  fc
    .tuple(...all.map((row) => fc.option(row, { freq: 6, nil: undefined })))
    .map((found) => found.filter((row) => row !== undefined) as T[]);

const classRow = (id: string, index: number) =>
  fc.record({ id: fc.constant(id), school: mostly(schools[index === 2 ? 1 : 0]!, school), active: usually(true) });

const enrollment = (role: 'student' | 'teacher', who: fc.Arbitrary<string>) =>
  fc
    .record({ person: who, index: fc.nat(classes.length - 1), elsewhere: usually(false), span })
    .map(({ person: id, index, elsewhere, span: during }) => ({
      person: id,
      class: classes[index]!,
      school: schools[(index === 2) !== elsewhere ? 1 : 0]!,
      role,
      span: during,
    }));

export const anyWorld: fc.Arbitrary<World> = fc.record({
  enablements: mostOf(schools.flatMap((at) => plugins.map((of) => enablement(at, of)))),
  agreements: fc.tuple(...agreements.map((id, index) => agreementRow(id, plugins[index]!))),
  agreed: mostOf(
    agreements.flatMap((id) => purposes.flatMap((of) => elements.map((element) => agreedElement(id, of, element)))),
  ),
  persons: fc.tuple(
    ...persons.map((id) =>
      fc.record({ id: fc.constant(id), birthDate, active: usually(true) }, { requiredKeys: ['id', 'active'] }),
    ),
  ),
  classes: fc.tuple(...classes.map(classRow)),
  roles: rows(
    fc.record({
      person: adult,
      role: fc.constantFrom<'teacher' | 'principal'>('teacher', 'principal'),
      org: school,
      span,
    }),
    14,
  ),
  enrollments: fc
    .tuple(
      fc.array(enrollment('student', learner), { minLength: 5, maxLength: 10, size: 'max' }),
      fc.array(enrollment('teacher', adult), { minLength: 2, maxLength: 5 }),
    )
    .map((both) => both.flat()),
  guardianships: rows(
    fc
      .record({ guardian: adult, child: learner, canSee: usually(true), canDecide: usually(true), span })
      .filter(({ guardian, child }) => guardian !== child),
    6,
    (row) => `${row.guardian}${row.child}${row.span.from}`,
  ),
  protections: rows(
    fc
      .record(
        {
          person: learner,
          kind: fc.constantFrom('non-disclosure', 'custody', 'learner-private', 'restriction', 'objection'),
          against: adult,
          span,
        },
        { requiredKeys: ['person', 'kind', 'span'] },
      )
      .filter((row) => row.against !== row.person && (row.kind !== 'custody' || row.against !== undefined)),
    4,
  ) as fc.Arbitrary<World['protections']>,
  permits: rows(
    fc.record({ person: learner, permitted: person, to: day }, { requiredKeys: ['person', 'permitted'] }),
    3,
    (row) => `${row.person}${row.permitted}`,
  ),
  consents: rows(
    fc.record(
      {
        person: learner,
        plugin,
        purpose,
        consentMajor: mostly(1, fc.constant(2)),
        valid: usually(true),
        expiresOn: fc.constantFrom('2026-11-24', '2026-11-25', '2027-08-01'),
        elements: fc.subarray(elements, { minLength: 3 }),
      },
      { requiredKeys: ['person', 'plugin', 'purpose', 'consentMajor', 'valid', 'elements'] },
    ),
    12,
    (row) => `${row.person}${row.plugin}${row.purpose}`,
  ),
}) as fc.Arbitrary<World>;

function agreementRow(id: string, ofPlugin: string) {
  return fc.record({
    id: fc.constant(id),
    plugin: fc.constant(ofPlugin),
    consentMajor: mostly(1, fc.constant(2)),
    status: mostly<World['agreements'][number]['status']>('valid', fc.constantFrom('terminated', 'expired')),
    expiresOn: mostly('2030-01-01', fc.constantFrom('2026-11-24', '2026-11-25')),
  });
}

export const anyQuestion = fc
  .record({
    school,
    plugin: fc.option(plugin, { freq: 5, nil: undefined }),
    purpose,
    actor: fc.oneof({ weight: 5, arbitrary: fc.constant(persons[0]!) }, { weight: 2, arbitrary: person }),
    role: fc.constantFrom<Question['role']>('teacher', 'teacher', 'principal', 'guardian', 'guardian', 'student'),
    today: fc.constant(today),
    elements: someElements,
    class: mostly<string | undefined>(undefined, fc.constantFrom(...classes)),
    lease: mostly<Question['lease']>('during-request', fc.constantFrom('background', 'while-user-online')),
    /** Once in a while nobody in person asks: a job of the plugin. */
    isJob: usually(false),
  })
  .map(({ isJob, ...asked }) =>
    isJob && asked.plugin ? { ...asked, actor: platformActor, role: 'platform', lease: 'background' } : asked,
  ) as fc.Arbitrary<Question>;
