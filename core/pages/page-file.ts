import { extname } from 'node:path';

/** What an address of the pages origin names: one file under `ui/` of one bundle. */
export interface PageFile {
  digest: string;
  path: string;
}

const address = /^\/([0-9a-f]{64})\/(ui\/[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)$/;

/** Reads the raw request target: nothing is decoded, normalized or guessed, so there is no second spelling of a path. */
export function pageFileOf(target: string): PageFile | undefined {
  const [, digest, path] = address.exec(target) ?? [];
  if (digest === undefined || path === undefined || path.length > 255 || path.includes('..')) return undefined;
  return { digest, path };
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.mp3': 'audio/mpeg',
  '.txt': 'text/plain; charset=utf-8',
};

/** Undefined for endings that are not served. */
export function typeOf(path: string): string | undefined {
  return types[extname(path).toLowerCase()];
}
