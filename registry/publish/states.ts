/** Where a version can stand. `draft` is with its vendor and never reaches the registry. */
export const releaseStates = [
  'uploaded',
  'checking',
  'held',
  'answered',
  'in-review',
  'changes-requested',
  'approved',
  'staged',
  'published',
  'deprecated',
  'end-of-life',
  'quarantined',
  'suspended',
  'revoked',
  'withdrawn',
] as const;
export type ReleaseState = (typeof releaseStates)[number];

export const actorKinds = ['system', 'publisher', 'reviewer', 'administrator'] as const;
export type ActorKind = (typeof actorKinds)[number];

/** Why a version moved: the closed list that vendors and municipalities read. */
export const reasonCodes = [
  'checks-started',
  'checks-passed',
  'checks-failed',
  'similar-name',
  'hold-cleared',
  'hold-answered',
  'approved-by-reviewer',
  'data-neutral-patch',
  'released-to-stable',
  'changes-requested',
  'rejected',
  'withdrawn-by-vendor',
  'deprecated-by-vendor',
  'ended-by-vendor',
  'revoked',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

interface Move {
  from: readonly ReleaseState[];
  to: ReleaseState;
  by: readonly ActorKind[];
}

/** Every move that exists. What is not here can't happen. */
export const moves: readonly Move[] = [
  { from: ['uploaded'], to: 'checking', by: ['system'] },
  { from: ['checking'], to: 'in-review', by: ['system'] },
  { from: ['checking'], to: 'held', by: ['system'] },
  { from: ['checking'], to: 'changes-requested', by: ['system'] },
  { from: ['checking'], to: 'approved', by: ['system'] },
  { from: ['held'], to: 'answered', by: ['publisher'] },
  { from: ['held', 'answered'], to: 'in-review', by: ['reviewer'] },
  { from: ['answered'], to: 'held', by: ['reviewer'] },
  { from: ['in-review'], to: 'approved', by: ['reviewer'] },
  { from: ['in-review', 'held', 'answered'], to: 'changes-requested', by: ['reviewer'] },
  { from: ['approved'], to: 'staged', by: ['system'] },
  { from: ['approved', 'staged'], to: 'published', by: ['system'] },
  { from: ['published'], to: 'deprecated', by: ['publisher', 'reviewer'] },
  { from: ['published', 'deprecated'], to: 'end-of-life', by: ['publisher', 'reviewer'] },
  { from: ['in-review', 'held', 'answered', 'changes-requested'], to: 'withdrawn', by: ['publisher', 'reviewer'] },
  { from: ['uploaded', 'approved', 'staged', 'published', 'deprecated'], to: 'withdrawn', by: ['publisher'] },
  {
    from: ['approved', 'staged', 'published', 'deprecated', 'end-of-life'],
    to: 'revoked',
    by: ['reviewer', 'administrator'],
  },
];

/** States from which a version was ever approved: signed metadata tells of it for ever. */
export const signedStates: ReadonlySet<ReleaseState> = new Set([
  'approved',
  'staged',
  'published',
  'deprecated',
  'end-of-life',
  'revoked',
]);

/** States that the catalogue shows, the better first. */
export const listedStates: readonly ReleaseState[] = ['published', 'staged', 'approved', 'deprecated'];

export function mayMove({ from, to, by }: { from: ReleaseState; to: ReleaseState; by: ActorKind }): boolean {
  return moves.some((move) => move.to === to && move.from.includes(from) && move.by.includes(by));
}
