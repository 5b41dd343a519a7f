/** Languages of the platform, ISO 639-1. */
export type Language = 'fi' | 'sv' | 'en';

export const languages: readonly Language[] = ['fi', 'sv', 'en'];

/** The same text in every language of the platform. */
export interface Texts {
  fi: string;
  sv: string;
  en: string;
}

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language);
}
