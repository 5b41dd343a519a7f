import test from 'ava';
import { mpassidNames as names, readMpassid, type MpassidClaims } from '../../../core/identity/index.ts';

const vantaa = '1.2.246.562.99.10.09200000';
const espoo = '1.2.246.562.99.10.04900000';
const school = '1.2.246.562.99.10.09200001';
const office = '1.2.246.562.99.10.09200099';

interface Row {
  title: string;
  claims: Record<string, unknown>;
  expected: Partial<MpassidClaims>;
}

const rows: Row[] = [
  {
    title: 'A role of seven parts',
    claims: { [names.role]: [`${vantaa};99921;5A;Oppilas;1;${school};${office}`] },
    expected: {
      roles: [
        {
          providerOid: vantaa,
          schoolCode: '99921',
          group: '5A',
          name: 'Oppilas',
          code: '1',
          institutionOid: school,
          officeOid: office,
        },
      ],
      providerOids: [vantaa],
      problems: [],
    },
  },
  {
    title: 'A role of seven parts with an empty office',
    claims: { [names.role]: [`${vantaa};99921;5A;Oppilas;1;${school};`] },
    expected: {
      roles: [
        { providerOid: vantaa, schoolCode: '99921', group: '5A', name: 'Oppilas', code: '1', institutionOid: school },
      ],
    },
  },
  {
    title: 'A role of the older four parts',
    claims: { [names.role]: [`${vantaa};99921;5A;Opettaja`] },
    expected: { roles: [{ providerOid: vantaa, schoolCode: '99921', group: '5A', name: 'Opettaja' }] },
  },
  {
    title: 'A role without school and group, as district staff have',
    claims: { [names.role]: [`${vantaa};;;Hallinto;5;;`] },
    expected: { roles: [{ providerOid: vantaa, schoolCode: '', group: '', name: 'Hallinto', code: '5' }] },
  },
  {
    title: 'A `;` inside the group of a seven-part role',
    claims: { [names.role]: [`${vantaa};99921;5A;B-ryhmä;Oppilas;1;${school};`] },
    expected: {
      roles: [
        {
          providerOid: vantaa,
          schoolCode: '99921',
          group: '5A;B-ryhmä',
          name: 'Oppilas',
          code: '1',
          institutionOid: school,
        },
      ],
    },
  },
  {
    title: 'A `;` inside the group of a four-part role',
    claims: { [names.role]: [`${vantaa};99921;5A;B;C;D;Oppilas`] },
    expected: { roles: [{ providerOid: vantaa, schoolCode: '99921', group: '5A;B;C;D', name: 'Oppilas' }] },
  },
  {
    title: 'Several schools of two municipalities, in another order than the schools are listed',
    claims: {
      [names.provider]: [`${espoo};Espoo`, `${vantaa};Vantaa`],
      [names.school]: ['99921;Kuusipolun koulu', '99491;Kanervalan koulu'],
      [names.role]: [`${vantaa};99921;5A;Opettaja;2;${school};`, `${espoo};99491;6A;Opettaja;2;;`],
    },
    expected: {
      providerOids: [espoo, vantaa],
      schools: [
        { code: '99921', name: 'Kuusipolun koulu' },
        { code: '99491', name: 'Kanervalan koulu' },
      ],
    },
  },
  {
    title: 'Counts that do not match: more schools than roles and no provider',
    claims: { [names.school]: ['99921;A', '99922;B', '99923;C'], [names.role]: [`${vantaa};99922;5A;Oppilas`] },
    expected: {
      providerOids: [vantaa],
      roles: [{ providerOid: vantaa, schoolCode: '99922', group: '5A', name: 'Oppilas' }],
      schools: [
        { code: '99921', name: 'A' },
        { code: '99922', name: 'B' },
        { code: '99923', name: 'C' },
      ],
    },
  },
  {
    title: 'Schools by code and by OID, one with a `;` in its name',
    claims: { [names.school]: ['99921;Kuusi; polku', `${school};Kuusi; polku`] },
    expected: {
      schools: [
        { code: '99921', name: 'Kuusi; polku' },
        { oid: school, name: 'Kuusi; polku' },
      ],
    },
  },
  {
    title: 'No role and no school at all',
    claims: { [names.uid]: 'abc' },
    expected: { uid: 'abc', roles: [], schools: [], providerOids: [], problems: [] },
  },
  {
    title: 'Single values that come bare instead of in a list',
    claims: { [names.role]: `${vantaa};99921;5A;Oppilas`, [names.uid]: ['abc'] },
    expected: { uid: 'abc', providerOids: [vantaa] },
  },
  {
    title: 'Several uids say nothing, since one of them is not ours',
    claims: { [names.uid]: ['abc', 'def'] },
    expected: { roles: [] },
  },
  {
    title: 'A learner number that is no OID',
    claims: { [names.learnerNumber]: 'pupil 7' },
    expected: { problems: [] },
  },
  {
    title: 'Roles that can not be read are passed over and noted, never guessed',
    claims: {
      [names.role]: [
        'Opettaja',
        ';;;Opettaja',
        `${vantaa};99921`,
        `${vantaa};abc;5A;Oppilas`,
        `${vantaa};99921;5A;`,
        7,
        null,
        '',
      ],
    },
    expected: { roles: [], providerOids: [], problems: Array(5).fill(names.role) },
  },
  {
    title: 'Spaces around parts',
    claims: { [names.role]: [` ${vantaa} ; 99921 ; 5A ; Oppilas `] },
    expected: { roles: [{ providerOid: vantaa, schoolCode: '99921', group: '5A', name: 'Oppilas' }] },
  },
];

for (const { title, claims, expected } of rows)
  test(`MPASSid: ${title}`, (t) => {
    t.like(readMpassid(claims), expected as Record<string, unknown>);
  });

test('MPASSid: unreadable identifiers are left out, not passed on', (t) => {
  const read = readMpassid({ [names.learnerNumber]: 'pupil 7', [names.uid]: ['a', 'b'] });
  t.false('learnerNumber' in read);
  t.false('uid' in read);
});

test('MPASSid: a flood of values is cut', (t) => {
  const role = `${vantaa};99921;5A;Oppilas`;
  t.is(readMpassid({ [names.role]: Array(10_000).fill(role) }).roles.length, 50);
  t.is(readMpassid({ [names.role]: [`${vantaa};99921;${'x'.repeat(1000)};Oppilas`] }).roles.length, 0);
});
