import type { Manifest } from '@digione/sdk/manifest';
import { writeBundle } from '../../../registry/bundle/index.ts';

const texts = (en: string) => ({ fi: `${en} (fi)`, sv: `${en} (sv)`, en });

/** A manifest with two purposes, one of which may rest on consent. */
export function sampleManifest(more: Partial<Manifest> = {}): Manifest {
  return {
    id: 'demo-vendor/seating',
    version: '1.0.0',
    name: texts('Seating'),
    description: texts('Who sits where'),
    engines: { digione: '^0.1.0' },
    vendor: { name: 'Demo Vendor Oy', businessId: '1234567-8', country: 'FI' },
    audience: { roles: ['teacher'], schoolForms: ['basic'], ages: [7, 16] },
    surfaces: {
      tiles: [{ id: 'home', roles: ['teacher'], title: texts('Seats') }],
      pages: [{ id: 'main', entry: 'ui/index.html', roles: ['teacher'], title: texts('Seats') }],
    },
    purposes: [
      { id: 'class-list', text: texts('Show the class') },
      { id: 'class-notes', text: texts('Keep notes'), withoutConsent: texts('No notes are kept') },
    ],
    scopes: [
      {
        capability: 'education.students',
        purpose: 'class-list',
        elements: ['students.givenName', 'students.familyName'],
        necessity: texts('To know who is in the class'),
        legalBasis: 'public-task',
        retentionDays: 0,
      },
      {
        capability: 'storage',
        purpose: 'class-notes',
        elements: ['storage.notes'],
        necessity: texts('To remember'),
        legalBasis: 'consent',
        retentionDays: 365,
      },
    ],
    collections: [
      {
        name: 'notes',
        schema: {
          type: 'object',
          properties: { text: { type: 'string', maxLength: 200 } },
          required: ['text'],
          additionalProperties: false,
        },
        subject: true,
        purpose: 'class-notes',
        indexes: ['text'],
      },
    ],
    egress: [],
    subProcessors: [],
    ai: { used: false },
    accessibility: { statement: texts('Works with a keyboard'), level: 'AA' },
    price: { perLearnerYear: 0, currency: 'EUR', vatPercent: 25.5 },
    licence: 'EUPL-1.2',
    support: { email: 'help@demo-vendor.example', url: 'https://demo-vendor.example' },
    ...more,
  };
}

export const sampleBackend = `
digione.register({
  calls: {
    echo: (argument) => argument,
    ask: ({ door, argument }) =>
      digione.invoke(door, argument).then((value) => ({ value }), ({ code, message }) => ({ code, detail: message })),
    sayContext: () => digione.context,
  },
  tiles: { home: () => ({ kind: 'text', text: 'Hello' }) },
});`;

export interface SampleFiles {
  manifest?: Manifest;
  backend?: string;
  more?: Record<string, string>;
}

export async function sampleBundle({
  manifest = sampleManifest(),
  backend = sampleBackend,
  more = {},
}: SampleFiles = {}): Promise<Buffer> {
  const files = {
    'digione.json': JSON.stringify(manifest),
    'backend.js': backend,
    'ui/index.html': '<!doctype html><title>Seats</title><script src="page.js"></script>',
    'ui/page.js': 'document.title',
    ...more,
  };
  return Buffer.from(
    await writeBundle(new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))),
  );
}
