import type { ConsentDecision, ConsentView } from '../../api/shapes.ts';

/** Nobody has answered yet. */
export function isOpen({ state }: ConsentView): boolean {
  return state === 'ConsentUnknown' || state === 'ConsentRequested' || state === 'ConsentRequestDeferred';
}

/** The buttons to show, in their order. A yes that stands can be taken back; a no that stands can become a yes. */
export function offeredDecisions(consent: ConsentView): ConsentDecision[] {
  const { may, valid } = consent;
  if (valid || consent.state === 'Disputed') return may.withdraw ? ['withdraw'] : [];
  const open: ConsentDecision[] = isOpen(consent) ? ['give', 'refuse', 'defer'] : ['give'];
  const put = consent.state === 'ConsentRequestDeferred' ? open.filter((decision) => decision !== 'defer') : open;
  return put.filter((decision) => may[decision]);
}
