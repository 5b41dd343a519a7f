const maxLength = 512;

/** Where to go after signing in: a path of our own, never another origin (open redirect) and never back into sign-in. */
export function safeReturnTo(asked: string | undefined, publicOrigin: string): string {
  if (!asked || asked.length > maxLength || !asked.startsWith('/')) return '/';
  // Browsers drop control characters and read `\` as `/`, so that "/\host" would be another host.
  if (/[\p{Cc}\\]/u.test(asked)) return '/';
  const url = URL.parse(asked, publicOrigin);
  if (!url || url.origin !== new URL(publicOrigin).origin) return '/';
  const path = url.pathname + url.search + url.hash;
  if (path.startsWith('//') || url.pathname.startsWith('/auth/') || path.length > maxLength) return '/';
  return path;
}
