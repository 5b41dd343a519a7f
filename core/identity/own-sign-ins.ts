import type { Id } from '../kernel/index.ts';
import type { Device } from './device.ts';
import type { OwnSession } from './session-store.ts';
import type { ProviderKind, ProviderSettings } from './settings.ts';

/** One of a person's sign-ins, as they see it themselves. */
export interface OwnSignIn {
  id: Id;
  /** The one that asks. */
  current: boolean;
  kind: ProviderKind | 'passkey' | 'other';
  device: Device;
  signedInAt: string;
  seenAt: string;
  endsAt: string;
}

export function viewSignIn(
  { id, means, provider, browser, system, createdAt, seenAt, endsAt }: OwnSession,
  { current, providers }: { current: Id; providers: ReadonlyMap<string, ProviderSettings> },
): OwnSignIn {
  return {
    id,
    current: id === current,
    kind: means === 'passkey' ? 'passkey' : (providers.get(provider)?.kind ?? 'other'),
    device: { browser, system },
    signedInAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}
