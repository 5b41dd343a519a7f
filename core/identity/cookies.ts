import type { Context } from 'koa';

/** A secret that the browser keeps for us, out of reach of its scripts. */
export interface SecretCookie {
  read(ctx: Context): string | undefined;
  write(ctx: Context, secret: string, maxAgeSeconds: number): void;
  clear(ctx: Context): void;
}

const secretShape = /^[A-Za-z0-9_-]{22,64}$/;

/**
 * `__Host-<name>` where browsers reach us by https: no other host or subdomain can set it. On plain http, which is
 * for the loopback address only, the browser would refuse that prefix; there the name carries the port, since copies
 * on other ports of the same host share the browser's cookies (RFC 6265 §8.5).
 */
export function secretCookie(name: string, publicOrigin: string): SecretCookie {
  const { protocol, port } = new URL(publicOrigin);
  const secure = protocol === 'https:';
  const full = secure ? `__Host-${name}` : `${name}-${port || '80'}`;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  const append = (ctx: Context, cookie: string) => ctx.append('set-cookie', cookie);
  return {
    read(ctx) {
      const value = ctx.cookies.get(full);
      return value && secretShape.test(value) ? value : undefined;
    },
    write: (ctx, secret, maxAge) => append(ctx, `${full}=${secret}; ${attributes}; Max-Age=${maxAge}`),
    clear: (ctx) => append(ctx, `${full}=; ${attributes}; Max-Age=0`),
  };
}
