import type { View, ViewKind } from '@digione/sdk/views';

/** The view of one kind. */
export type ViewOf<Kind extends ViewKind> = Extract<View, { kind: Kind }>;
