export { findPublisher, forgetExpiredTokens } from './token-store.ts';
export { looksLikeToken, tokenHash, tokenPrefix } from './token.ts';
export { toKeyObject, readSigningKey, type SigningKey } from './signing-key.ts';
export { isMember, keysOf, type StoredKey } from './vendor-store.ts';
export { vendorRoutes } from './routes.ts';
