import { Refusal } from '../kernel/index.ts';

/** Why a token was refused. For logs and tests; the bearer learns only that it was. */
export type TokenFault =
  | 'too-large'
  | 'not-compact'
  | 'encoding'
  | 'json'
  | 'duplicate-key'
  | 'forbidden-key'
  | 'too-deep'
  | 'header-member'
  | 'critical'
  | 'algorithm'
  | 'type'
  | 'unknown-key'
  | 'signature'
  | 'claim-shape'
  | 'expiry-missing'
  | 'expired'
  | 'life-too-long'
  | 'issued-in-future'
  | 'not-yet-valid'
  | 'issuer'
  | 'audience'
  | 'claim-missing'
  | 'claim-forbidden'
  | 'used';

export class TokenRefused extends Refusal {
  readonly fault: TokenFault;

  constructor(fault: TokenFault, cause?: unknown) {
    super('token-refused', 'The token was refused. Ask for a new one.', { detail: `token: ${fault}`, cause });
    this.fault = fault;
  }
}

export function refuseToken(fault: TokenFault, cause?: unknown): never {
  throw new TokenRefused(fault, cause);
}
