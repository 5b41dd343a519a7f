import type { Database } from '../db/index.ts';
import type { Id, Language } from '../kernel/index.ts';

/** A sign-in that has left for the provider. */
export interface SignInAttempt {
  provider: string;
  /** Code of the municipality that was chosen. */
  municipality: string;
  returnTo: string;
  /** A device that several people use: the session ends sooner. */
  shared: boolean;
  language: Language | null;
  /** The session whose holder proves anew who they are. */
  session: Id | null;
}

export interface AttemptStore {
  keep(secretHash: Buffer, attempt: SignInAttempt, times: { now: Date; endsAt: Date }): Promise<void>;
  /** Hands an attempt out once. */
  take(secretHash: Buffer, now: Date): Promise<SignInAttempt | undefined>;
}

/** Unfinished sign-ins that are remembered; the oldest make room, since refusing new ones would shut everybody out. */
export const mostUnfinished = 20_000;

/** Statements instead of models: each is one atomic step. */
export function attemptStore(database: Database, most = mostUnfinished): AttemptStore {
  return {
    keep: (secretHash, attempt, { now, endsAt }) =>
      database.global(async (tx) => {
        // Sweeps as it goes; a bounded slice, so that no sign-in pays for a night of abandoned ones.
        await tx.query({
          text: `delete from sign_in_attempt where secret_hash in
                   (select secret_hash from sign_in_attempt where ends_at < $1 limit 100)`,
          values: [now],
        });
        await tx.query({
          text: `insert into sign_in_attempt (secret_hash, provider, municipality, return_to, shared, language, session_id, ends_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          values: [
            secretHash,
            attempt.provider,
            attempt.municipality,
            attempt.returnTo,
            attempt.shared,
            attempt.language,
            attempt.session,
            endsAt,
          ],
        });
        await tx.query({
          text: `delete from sign_in_attempt where secret_hash in
                   (select secret_hash from sign_in_attempt order by ends_at desc offset $1 limit 100)`,
          values: [most],
        });
      }),
    take: (secretHash, now) =>
      database.global(async (tx) => {
        const [row] = await tx.query<SignInAttempt & { endsAt: Date }>({
          text: `delete from sign_in_attempt where secret_hash = $1
                 returning provider, municipality, return_to as "returnTo", shared, language, session_id as session, ends_at as "endsAt"`,
          values: [secretHash],
        });
        return row && row.endsAt > now ? row : undefined;
      }),
  };
}
