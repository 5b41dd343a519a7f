import test from 'ava';
import { diffNotices } from '../../../core/consent/index.ts';
import type { NoticeBody } from '../../../core/consent/notice.ts';

const words = (text: string) => ({ fi: text, sv: text, en: text });
const body: NoticeBody = {
  language: 'fi',
  plugin: 'demo-vendor/notes',
  purpose: 'notes',
  text: 'Keeps notes',
  withoutConsent: 'Notes on paper',
  elements: [{ element: 'storage.notes', text: words('notes') }],
  recipients: ['Demo Vendor Oy', 'Cloud Oy'],
  places: ['FI'],
  vendor: 'Demo Vendor Oy',
  retentionDays: 30,
  basis: 'consent',
};

const cases: { says: string; change: Partial<NoticeBody>; kind: 'none' | 'material' | 'editorial' }[] = [
  { says: 'nothing', change: {}, kind: 'none' },
  { says: 'another wording', change: { text: 'Keeps short notes' }, kind: 'editorial' },
  {
    says: 'other words for the same field',
    change: { elements: [{ element: 'storage.notes', text: words('remarks') }] },
    kind: 'editorial',
  },
  {
    says: 'the same recipients in another order',
    change: { recipients: ['Cloud Oy', 'Demo Vendor Oy'] },
    kind: 'editorial',
  },
  {
    says: 'one more field',
    change: { elements: [...body.elements, { element: 'students.photo', text: words('photo') }] },
    kind: 'material',
  },
  { says: 'another recipient', change: { recipients: ['Demo Vendor Oy', 'Other Oy'] }, kind: 'material' },
  { says: 'another country', change: { places: ['FI', 'US'] }, kind: 'material' },
  { says: 'a longer time', change: { retentionDays: 365 }, kind: 'material' },
  { says: 'another purpose', change: { purpose: 'marks' }, kind: 'material' },
];

for (const { says, change, kind } of cases)
  test(`a notice that differs in ${says} is ${kind === 'none' ? 'the same' : `a ${kind} change`}`, (t) => {
    t.is(diffNotices(body, { ...body, ...change }).kind, kind);
  });

test('each change is told with what was and what is', (t) => {
  t.deepEqual(diffNotices(body, { ...body, retentionDays: 365 }).changes, [
    { field: 'retentionDays', kind: 'material', from: 30, to: 365 },
  ]);
});
