/** Stands in the built index.html where each answer gets its own nonce. */
export const noncePlaceholder = 'digione-nonce';

/**
 * The portal's Content Security Policy. Scripts only from our own files; the one nonce is for the style element that
 * styled-components makes; frames only from the origin that serves plugin pages, so that a page can't take itself elsewhere.
 */
export function pagePolicy(nonce: string, pagesOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `frame-src ${pagesOrigin}`,
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
