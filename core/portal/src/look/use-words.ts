import { useTranslation } from 'react-i18next';
import type { Language, Texts } from '../api/shapes.ts';
import { dateDigits, dateWords, momentWords, spanWords } from './dates.ts';

export interface Words {
  language: Language;
  /** The person's language of a text that has three. */
  pick(texts: Texts | string | null | undefined): string;
  date(day: string): string;
  /** In digits, for a table. */
  shortDate(day: string): string;
  moment(instant: string): string;
  span(of: { from: string; to: string }): string;
}

/** What depends on the language beside our own texts. */
export function useWords(): Words {
  const { i18n } = useTranslation();
  const language = i18n.language as Language;
  return {
    language,
    pick: (texts) => (typeof texts === 'string' ? texts : (texts?.[language] ?? texts?.fi ?? texts?.en ?? '')),
    date: (day) => dateWords(day, language),
    shortDate: (day) => dateDigits(day, language),
    moment: (instant) => momentWords(instant, language),
    span: (of) => spanWords(of, language),
  };
}
