export function signInAddress(municipality: string, provider: string, returnTo: string): string {
  return `/auth/sign-in?${new URLSearchParams({ municipality, provider, returnTo })}`;
}

/** Only our own paths: a foreign address in a link must not become the place that a person lands on. */
export function safeReturn(wished: string | null): string {
  return wished && /^\/(?![/\\])/.test(wished) && !wished.startsWith('/auth/') ? wished : '/';
}
