import type { Context } from '@digione/sdk/backend';

/** The plugin's texts in the user's language, with {names} filled in. */
export async function wordsOf({
  i18n,
}: Context): Promise<(name: string, filled?: Record<string, string | number>) => string> {
  const texts = await i18n.texts();
  return (name, filled = {}) =>
    (texts[name] ?? name).replaceAll(/\{(\w+)\}/g, (whole, key: string) => String(filled[key] ?? whole));
}

/** The day that many days away, `YYYY-MM-DD`. */
export function dayFrom(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
