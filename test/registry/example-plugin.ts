import type { Manifest } from '../../sdk/manifest/index.ts';

const texts = (text: string) => ({ fi: `${text} (suomeksi)`, sv: `${text} (på svenska)`, en: text });

/** A small plugin that passes every check. */
export function exampleManifest(vendor = 'demo-vendor'): Manifest {
  return {
    id: `${vendor}/hello-class`,
    version: '1.0.0',
    name: texts('Hello class'),
    description: texts('A class list with a note per learner'),
    engines: { digione: '^0.1.0' },
    vendor: { name: `${vendor} Oy`, businessId: '1234567-1', country: 'FI' },
    audience: { roles: ['teacher'], schoolForms: ['basic'], ages: [7, 16] },
    surfaces: {
      tiles: [{ id: 'home', roles: ['teacher'], title: texts('Class') }],
      pages: [{ id: 'main', entry: 'ui/index.html', roles: ['teacher'], title: texts('Class') }],
    },
    purposes: [
      { id: 'class-list', text: texts('Seeing the class') },
      { id: 'class-notes', text: texts('Notes of the teacher'), withoutConsent: texts('The learner has no notes') },
    ],
    scopes: [
      {
        capability: 'education.students',
        purpose: 'class-list',
        elements: ['students.givenName', 'students.familyName'],
        necessity: texts('Names tell learners apart'),
        legalBasis: 'public-task',
        retentionDays: 0,
      },
      {
        capability: 'storage',
        purpose: 'class-notes',
        elements: ['storage.notes'],
        necessity: texts('Notes are kept'),
        legalBasis: 'consent',
        retentionDays: 365,
      },
    ],
    collections: [
      {
        name: 'notes',
        schema: {
          type: 'object',
          properties: { text: { type: 'string', maxLength: 500 } },
          additionalProperties: false,
        },
        subject: true,
        purpose: 'class-notes',
      },
    ],
    egress: [],
    subProcessors: [],
    ai: { used: false },
    accessibility: { statement: texts('Usable by keyboard and screen reader'), level: 'AA' },
    price: { perLearnerYear: 0, currency: 'EUR', vatPercent: 25.5 },
    licence: 'EUPL-1.2',
    support: { email: 'support@example.fi', url: 'https://example.fi/support' },
  };
}

/** The files beside the manifest. */
export function exampleFiles(): Record<string, string> {
  return {
    'backend.js': `digione.register({ calls: { notes: async (_, context) => ({
      students: await context.education.students({}), notes: await context.storage.collection('notes').list() }) },
      tiles: {}, events: {}, schedules: {} });`,
    'ui/index.html': '<!doctype html><html lang="en"><title>Class</title><main>Class</main></html>',
    'README.md': '# Hello class',
    LICENSE: 'EUPL-1.2',
  };
}
