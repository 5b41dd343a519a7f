import { story } from '../../core/demo/index.ts';
import type { Answer, Person } from '../support/browserless.ts';
import type { RunningPlatform } from '../support/platform.ts';
import { until } from './until.ts';

export const helloClass = 'demo-vendor/hello-class';

export interface Listing {
  classes: { id: string; title: string }[];
  students: { id: string; name: string; note: string; noteAllowed: boolean }[];
}

export function callPlugin<T>(person: Person, method: string, argument: unknown): Promise<Answer<{ value: T }>> {
  return person.api<{ value: T }>('POST', `/api/plugins/${helloClass}/call`, { method, argument });
}

const teaching = { purpose: 'class-list', legalBasis: 'public-task', retentionDays: 0 };

/** The agreement of the stories: names by public task, notes by consent. */
export const agreementElements = [
  { ...teaching, element: 'classes.title', necessity: 'The teacher must choose the class.' },
  { ...teaching, element: 'students.givenName', necessity: 'The teacher must know who is in the class.' },
  { ...teaching, element: 'students.familyName', necessity: 'The teacher must know who is in the class.' },
  {
    purpose: 'class-notes',
    element: 'storage.notes',
    legalBasis: 'consent',
    necessity: 'Notes are an aid, not a duty.',
    retentionDays: 365,
  },
];

export async function approve(reviewer: Person): Promise<Answer<unknown>> {
  await until('the plugin in the queue', async () => {
    const { body } = await reviewer.api<{ items: { plugin: string; state: string }[] }>('GET', '/api/review/queue');
    return body.items?.find(({ plugin, state }) => plugin === helloClass && state === 'in-review');
  });
  return reviewer.api('POST', `/api/review/${helloClass}/1.0.0/decision`, {
    decision: 'approve',
    reason: 'All checks are green and the terms are clear.',
  });
}

/** Approved, agreed and enabled in the story's school: the administrator and the enablement's id. */
export async function enabledInSchool(
  platform: RunningPlatform,
): Promise<{ administrator: Person; enablement: string }> {
  await approve(await platform.signIn(story.reviewer.sub, '000', 'staff'));
  const administrator = await platform.signIn(story.administrator.sub, '092', 'staff');
  await until('the plugin in the catalogue', async () => {
    const { body } = await administrator.api<{ items: { plugin: string }[] }>('GET', '/api/catalogue');
    return body.items?.some(({ plugin }) => plugin === helloClass);
  });
  const agreement = { plugin: helloClass, version: '1.0.0', elements: agreementElements };
  await administrator.api('POST', '/api/municipality/agreements', agreement);
  const { body } = await administrator.api<{ id: string }>('POST', '/api/municipality/enablements', {
    plugin: helloClass,
    school: story.school.id,
  });
  return { administrator, enablement: body.id };
}
