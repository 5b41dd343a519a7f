export { findPublisher, forgetExpiredTokens, revokeTokens, tokensOf } from './token-store.ts';
export { addMember, membershipsOf, removeMember } from './member-store.ts';
export { looksLikeToken, tokenHash, tokenPrefix } from './token.ts';
export { toKeyObject, readSigningKey, type SigningKey } from './signing-key.ts';
export {
  findVendor,
  isMember,
  keysOf,
  membersOf,
  revokeKeys,
  type Member,
  type StoredKey,
  type Vendor,
} from './vendor-store.ts';
export { addKey, issueToken, revokeKey, type VendorDeps } from './vendors.ts';
export { KeyAnswer, TokenAnswer } from './schemas.ts';
export { vendorRoutes } from './routes.ts';
