import type { Language } from '../api/shapes.ts';

export function euros(amount: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(language === 'en' ? 'en-GB' : `${language}-FI`, { style: 'currency', currency }).format(
    amount,
  );
}
