import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

/** Channel on which every node hears that a plugin may no longer, or again, run somewhere. */
export const enablementChannel = 'digione_enablement';

export interface EnablementNotice {
  plugin: string;
  /** Absent when the registry killed the version everywhere. */
  municipality?: Id;
  school?: Id;
  version: string;
  status: 'enabled' | 'stopped' | 'disabled' | 'revoked';
  reason?: string | undefined;
}

/** Told with the commit of the transaction, never before it and never without it. */
export async function tellEnablement(tx: Tx, notice: EnablementNotice): Promise<void> {
  await tx.query({ text: 'select pg_notify($1, $2)', values: [enablementChannel, JSON.stringify(notice)] });
}
