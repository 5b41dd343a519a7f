import type { Context } from 'koa';
import { escapeHtml } from './escape-html.ts';
import { policy, style } from './page-style.ts';

/** The provider's own rare pages: sign-out at the provider and errors in an address. In English, for whoever tries things out. */
export function showSignOutQuestion(ctx: Context, form: string): void {
  const button = '<button class="plain" type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>';
  show(ctx, 'Sign out of the test identity provider?', `${form}<p>${button}</p>`);
}

export function showSignedOut(ctx: Context): void {
  show(ctx, 'You are signed out', '<p>The test identity provider has told DigiOne.</p>');
}

export function showProviderError(ctx: Context, out: Record<string, unknown>): void {
  const said = `${out['error']}: ${out['error_description'] ?? ''}`;
  show(ctx, 'The sign-in can not go on', `<p>${escapeHtml(said)}</p><p>Go back to DigiOne and start again.</p>`);
}

function show(ctx: Context, heading: string, content: string): void {
  ctx.set('content-security-policy', policy);
  ctx.type = 'html';
  ctx.body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${heading} · DigiOne</title><style>${style}</style></head><body><main><h1>${heading}</h1>${content}</main></body></html>`;
}
