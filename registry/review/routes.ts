import type { Database } from '@digione/core/db';
import { defineRoute, type Route } from '@digione/core/http';
import type { Clock } from '@digione/core/kernel';
import { isReviewer, type Caller, type Reviewer } from '../caller.ts';
import { laneFigures, queued, ReleaseAnswer, ReleaseParams, type Publishing } from '../publish/index.ts';
import { decide } from './decide.ts';
import { describeReview } from './describe-review.ts';
import { DecisionBody, FiguresAnswer, QueueAnswer, ReviewAnswer } from './schemas.ts';

const route = defineRoute<Caller>();
const queueLimit = 200;

export interface ReviewDeps {
  database: Database;
  clock: Clock;
  publishing: Publishing;
}

export function reviewRoutes({ database, clock, publishing }: ReviewDeps): Route<Caller>[] {
  return [
    route({
      method: 'GET',
      path: '/v1/review/figures',
      summary: 'How many wait in each lane, and how long a first answer takes',
      access: 'public',
      responses: { 200: FiguresAnswer },
      handle: async () => ({ body: { lanes: await database.global((tx) => laneFigures(tx, clock.now())) } }),
    }),
    route({
      method: 'GET',
      path: '/v1/review/queue',
      summary: 'What waits for a reviewer, the oldest first',
      access: isReviewer,
      responses: { 200: QueueAnswer },
      handle: async () => {
        const items = await database.global((tx) => queued(tx, queueLimit));
        return {
          body: {
            items: items.map(({ publishedAt, ...item }) => ({ ...item, publishedAt: publishedAt.toISOString() })),
          },
        };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/review/:vendor/:name/:version',
      summary: 'Checks, manifest and the difference of data terms',
      access: isReviewer,
      params: ReleaseParams,
      responses: { 200: ReviewAnswer },
      errors: ['not-found'],
      handle: async ({ params: { vendor, name, version }, actor }) => ({
        body: await database.global((tx) =>
          describeReview(tx, { plugin: `${vendor}/${name}`, version, reviewer: actor as Reviewer }),
        ),
      }),
    }),
    route({
      method: 'POST',
      path: '/v1/review/:vendor/:name/:version/decision',
      summary: 'Approve, ask for changes, reject, or clear a hold',
      access: isReviewer,
      params: ReleaseParams,
      body: DecisionBody,
      responses: { 200: ReleaseAnswer },
      errors: ['not-found', 'approver-is-publisher', 'transition-not-allowed'],
      handle: async ({ params: { vendor, name, version }, body, actor }) => ({
        body: await decide(publishing, { plugin: `${vendor}/${name}`, version, reviewer: actor as Reviewer, ...body }),
      }),
    }),
  ];
}
