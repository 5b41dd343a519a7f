import type { Language } from '../api/shapes.ts';

const zone = 'Europe/Helsinki';
const locales: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

/** A school calendar date (YYYY-MM-DD) or an instant, as a date in words. */
export function dateWords(day: string, language: Language): string {
  const instant = day.length === 10 ? new Date(`${day}T12:00:00Z`) : new Date(day);
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: zone }).format(instant);
}

/** The same in digits, for a table. */
export function dateDigits(day: string, language: Language): string {
  const instant = new Date(`${day}T12:00:00Z`);
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'short', timeZone: zone }).format(instant);
}

/** The date in words with the day of the week. */
export function dayWords(day: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeZone: zone }).format(
    new Date(`${day}T12:00:00Z`),
  );
}

export function momentWords(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    new Date(instant),
  );
}

/** From one moment to another; whole days are named by their dates alone. */
export function spanWords({ from, to }: { from: string; to: string }, language: Language): string {
  const last = new Date(new Date(to).getTime() - 1).toISOString();
  const whole = isMidnight(from) && isMidnight(to);
  const words = whole
    ? [dateWords(from, language), dateWords(last, language)]
    : [momentWords(from, language), momentWords(to, language)];
  return [...new Set(words)].join(' – ');
}

function isMidnight(instant: string): boolean {
  return (
    new Intl.DateTimeFormat('sv-SE', { timeStyle: 'medium', timeZone: zone }).format(new Date(instant)) === '00:00:00'
  );
}

/** Today's date in Finland, YYYY-MM-DD. */
export function finnishToday(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());
}
