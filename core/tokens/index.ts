export { maxTokenBytes, openToken } from './compact-token.ts';
export { issueToken, verifyToken, type TokenCheck, type TokenOrder, type UsedTokens } from './tokens.ts';
export type { Claims } from './token-claims.ts';
export {
  acknowledgement,
  idToken,
  logoutToken,
  pageToken,
  serviceToken,
  type TokenKind,
  withdrawalNotice,
} from './token-kinds.ts';
export {
  fixedKeys,
  isTokenAlgorithm,
  pick,
  type KeySource,
  type SigningKey,
  type TokenAlgorithm,
  type VerificationKey,
} from './token-keys.ts';
export { refuseToken, TokenRefused, type TokenFault } from './token-refused.ts';
