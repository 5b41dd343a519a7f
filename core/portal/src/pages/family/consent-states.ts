import type { ConsentView } from '../../api/shapes.ts';

export function isGiven({ state }: ConsentView): boolean {
  return state === 'ConsentGiven' || state === 'RenewedConsentGiven';
}

/** Nobody has answered yet. */
export function isOpen({ state }: ConsentView): boolean {
  return state === 'ConsentUnknown' || state === 'ConsentRequested' || state === 'ConsentRequestDeferred';
}
