import { defineManifest, type Manifest } from '@digione/sdk/manifest';

const texts = { fi: 'Teksti', sv: 'Text', en: 'Text' };

/** A manifest that uses a little of everything and is valid. */
export const sampleManifest: Manifest = defineManifest({
  id: 'test-vendor/sample',
  version: '1.2.3',
  name: texts,
  description: texts,
  engines: { digione: '^0.1.0' },
  vendor: { name: 'Test Vendor Oy', businessId: '1234567-1', country: 'FI' },
  audience: { roles: ['teacher', 'student'], schoolForms: ['basic'], ages: [7, 16] },
  surfaces: {
    tiles: [{ id: 'home', roles: ['teacher'], title: texts }],
    pages: [{ id: 'main', entry: 'ui/index.html', roles: ['teacher'], title: texts }],
  },
  purposes: [
    { id: 'lists', text: texts },
    { id: 'notes', text: texts, withoutConsent: texts },
  ],
  scopes: [
    {
      capability: 'education.students',
      purpose: 'lists',
      elements: ['students.givenName'],
      necessity: texts,
      legalBasis: 'public-task',
      retentionDays: 0,
    },
    {
      capability: 'storage',
      purpose: 'notes',
      elements: ['storage.notes'],
      necessity: texts,
      legalBasis: 'consent',
      retentionDays: 30,
    },
  ],
  collections: [
    {
      name: 'notes',
      subject: true,
      purpose: 'notes',
      indexes: ['kind'],
      schema: {
        type: 'object',
        additionalProperties: false,
        properties: { text: { type: 'string', maxLength: 100 }, kind: { enum: ['a', 'b'] } },
      },
    },
  ],
  egress: [],
  subProcessors: [],
  ai: { used: false },
  accessibility: { statement: texts, level: 'AA' },
  price: { perLearnerYear: 0, currency: 'EUR', vatPercent: 25.5 },
  licence: 'EUPL-1.2',
  support: { email: 'help@vendor.example', url: 'https://vendor.example/help' },
});

/** The bytes of the sample with some members changed; `undefined` takes a member out. */
export function manifestBytes(changes: Record<string, unknown> = {}): Uint8Array {
  return Buffer.from(JSON.stringify({ ...sampleManifest, ...changes }));
}
