import { Type } from 'typebox';

const Id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const Instant = Type.String();
const Words = Type.Array(Type.String());
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

export const IdParams = Type.Object({ id: Id });
export const Page = Type.Object({ cursor: Type.Optional(Type.Integer({ minimum: 0 })) });

export const LoadBody = Type.Object(
  { confirmRemovals: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
export const ReceivedOut = Type.Object({ id: Id });

export const RosterOut = Type.Object({
  id: Id,
  source: Type.Union([Type.Literal('upload'), Type.Literal('fetch')]),
  bytes: Type.Integer(),
  receivedAt: Instant,
  state: Type.String(),
  /** How far the work is, 0–1, and in which file. */
  progress: Nullable(
    Type.Object({
      ...{ file: Type.String(), phase: Type.String(), rows: Type.Integer(), share: Type.Number() },
      ...{ bytes: Type.Integer(), ofBytes: Type.Integer() },
    }),
  ),
  /** What the latest check or load told, in the words of the person who asks. */
  words: Words,
  tooMuchRemoved: Type.Array(Type.String()),
  problems: Type.Integer(),
  run: Nullable(Id),
  refusal: Nullable(Type.String()),
});
export const RostersOut = Type.Object({ items: Type.Array(RosterOut) });

export const ImportsOut = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      outcome: Type.String(),
      startedAt: Instant,
      endedAt: Instant,
      words: Words,
      problems: Type.Integer(),
    }),
  ),
});

export const ProblemsOut = Type.Object({
  items: Type.Array(
    Type.Object({
      serial: Type.Integer(),
      file: Type.String(),
      line: Type.Integer(),
      column: Type.String(),
      value: Type.String(),
      reason: Type.String(),
      action: Type.String(),
    }),
  ),
  next: Nullable(Type.String()),
});

const Named = Type.Object({ id: Id, name: Type.String() });
export const PendingOut = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      kind: Type.Union([Type.Literal('guardianship'), Type.Literal('role')]),
      person: Named,
      child: Nullable(Named),
      role: Nullable(Type.String()),
      org: Nullable(Named),
      since: Instant,
      custody: Type.Boolean(),
    }),
  ),
});
export const DecisionBody = Type.Object(
  { decision: Type.Union([Type.Literal('confirm'), Type.Literal('decline')]) },
  { additionalProperties: false },
);

const LearnerNumber = Type.String({ pattern: '^1\\.2\\.246\\.562\\.[0-9.]{4,60}$' });
export const MergeBody = Type.Object(
  { kept: LearnerNumber, merged: LearnerNumber, reason: Type.String({ minLength: 3, maxLength: 500 }) },
  { additionalProperties: false },
);

export const MergePairBody = Type.Object(
  { kept: LearnerNumber, merged: LearnerNumber },
  { additionalProperties: false },
);
const MergeSide = Type.Object({
  ...{ name: Type.String(), birthDate: Nullable(Type.String()), school: Nullable(Type.String()) },
  ...{ classes: Type.Array(Type.String()), guardians: Type.Integer(), memberships: Type.Integer() },
  ...{ marks: Type.Integer(), attendances: Type.Integer(), absences: Type.Integer(), protections: Type.Integer() },
});
export const MergePreviewOut = Type.Object({
  kept: MergeSide,
  merged: MergeSide,
  waitingGuardians: Type.Integer(),
});

export const ScheduleBody = Type.Object(
  {
    url: Type.String({ minLength: 8, maxLength: 2000 }),
    hour: Type.Integer({ minimum: 0, maximum: 23 }),
    /** A header that the address asks for. Left out: the one that is kept goes on; null: none. */
    header: Type.Optional(
      Nullable(
        Type.Object(
          {
            name: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,60}$' }),
            value: Type.String({ minLength: 1, maxLength: 4000 }),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);
export const ScheduleOut = Type.Object({
  schedule: Nullable(
    Type.Object({
      url: Type.String(),
      hour: Type.Integer(),
      /** Name only: the value never comes out again. */
      header: Nullable(Type.String()),
      nextAt: Instant,
      lastAt: Nullable(Instant),
      lastOutcome: Nullable(Type.String()),
    }),
  ),
});
