import type { Context } from 'koa';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/**
 * One machine has several loopback names, and cookies of one are not sent to the other: a sign-in that begins under another
 * name than the public one begins again under that. Only among loopback names: behind a load balancer the host is its own.
 */
export function underPublicName(ctx: Context, publicOrigin: string): string | undefined {
  const { hostname } = new URL(publicOrigin);
  if (!loopback.has(hostname) || !loopback.has(ctx.hostname) || ctx.hostname === hostname) return undefined;
  return new URL(ctx.path + ctx.search, publicOrigin).href;
}
