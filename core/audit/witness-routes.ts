import { defineRoute, readBytes, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import { Type } from 'typebox';
import type { Witness } from './witness.ts';

const mostBytes = 100_000;

/** C2SP tlog-witness: other nodes bring the checkpoints of their logs. */
export function witnessRoutes({ witness }: { witness: Witness }): Route<Actor>[] {
  return [
    defineRoute<Actor>()({
      method: 'POST',
      path: '/witness/add-checkpoint',
      summary: 'Cosigns a checkpoint of a watched log when it goes on from the last one (C2SP tlog-witness).',
      access: 'public',
      bodyKind: 'raw',
      responses: { 200: Type.String(), 409: Type.String() },
      errors: ['invalid', 'not-found', 'signature-invalid', 'too-large'],
      handle: async ({ ctx }) => {
        const answer = await witness.addCheckpoint((await readBytes(ctx.req, mostBytes)).toString('utf8'));
        return 'line' in answer
          ? { stream: Buffer.from(answer.line), headers: { 'content-type': 'text/plain; charset=utf-8' } }
          : {
              status: 409,
              stream: Buffer.from(`${answer.knownSize}\n`),
              headers: { 'content-type': 'text/x.tlog.size' },
            };
      },
    }),
  ];
}
