import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context, Middleware } from 'koa';
import { noncePlaceholder, pagePolicy } from './page-policy.ts';

export interface PortalPagesOptions {
  /** Folder that buildPortal() wrote. */
  dist: string;
  /** Origin of the plugin pages, as the browser sees it: the only one that may be framed. */
  pagesOrigin: string;
}

/** Paths that are never the web app's, so that a wrong one is answered by its own room and not by index.html. */
const notOurs = /^\/(?:api|auth|healthz|metrics|openapi\.json)(?:\/|$)/;
const year = 31_536_000;
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Serves the built web app: files with a hash in the name for a year, index.html fresh for every other path. */
export function portalPages({ dist, pagesOrigin }: PortalPagesOptions): Middleware {
  const root = path.resolve(dist);
  return async (ctx, next) => {
    if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || notOurs.test(ctx.path)) return next();
    if (await sendFile(ctx, root)) return;
    // A version such as 1.0.0 at the end of an address is no file name.
    if (path.extname(ctx.path) in types) return next();
    await sendIndex(ctx, root, pagesOrigin);
  };
}

async function sendFile(ctx: Context, root: string): Promise<boolean> {
  const type = types[path.extname(ctx.path)];
  const file = path.join(root, ctx.path);
  if (type === undefined || !file.startsWith(root + path.sep)) return false;
  const sent = (await squeezed(ctx, file)) ?? (await sizeOf(file));
  if (!sent) return false;
  ctx.set('content-type', type);
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set(
    'cache-control',
    ctx.path.startsWith('/assets/') ? `public, max-age=${year}, immutable` : 'public, max-age=3600',
  );
  ctx.length = sent.size;
  ctx.body = createReadStream(sent.file);
  ctx.status = 200;
  return true;
}

interface Sized {
  file: string;
  size: number;
}

const endings = { br: '.br', gzip: '.gz' } as const;

/** The file as the build squeezed it, when there is such a one and the browser takes it. */
async function squeezed(ctx: Context, file: string): Promise<Sized | undefined> {
  ctx.vary('accept-encoding');
  const encoding = ctx.acceptsEncodings('br', 'gzip', 'identity');
  if (encoding !== 'br' && encoding !== 'gzip') return undefined;
  const found = await sizeOf(file + endings[encoding]);
  if (found) ctx.set('content-encoding', encoding);
  return found;
}

async function sizeOf(file: string): Promise<Sized | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? { file, size: found.size } : undefined;
}

async function sendIndex(ctx: Context, root: string, pagesOrigin: string): Promise<void> {
  const nonce = randomBytes(16).toString('base64url');
  const page = await readFile(path.join(root, 'index.html'), 'utf8');
  ctx.set('content-security-policy', pagePolicy(nonce, pagesOrigin));
  ctx.set('cache-control', 'no-store');
  ctx.set('referrer-policy', 'same-origin');
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  ctx.set('cross-origin-opener-policy', 'same-origin');
  ctx.type = 'html';
  ctx.body = page.replaceAll(noncePlaceholder, nonce);
}
