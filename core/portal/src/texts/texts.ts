import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../api/shapes.ts';
import type { fi, TextTree } from './fi.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'portal';
    resources: { portal: typeof fi };
  }
}

export const languages: readonly Language[] = ['fi', 'sv', 'en'];

// Each language is a file of its own, so that the first view loads one.
const loaders: Record<Language, () => Promise<TextTree>> = {
  fi: async () => (await import('./fi.ts')).fi,
  sv: async () => (await import('./sv.ts')).sv,
  en: async () => (await import('./en.ts')).en,
};

export async function startTexts(language: Language): Promise<i18n> {
  const texts = i18next.createInstance();
  await texts.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { portal: await loaders[language]() } },
    defaultNS: 'portal',
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = language;
  return texts;
}

export async function speak(texts: i18n, language: Language): Promise<void> {
  if (!texts.hasResourceBundle(language, 'portal'))
    texts.addResourceBundle(language, 'portal', await loaders[language]());
  await texts.changeLanguage(language);
  document.documentElement.lang = language;
  rememberLanguage(language);
}

const place = 'digione-language';

export function firstLanguage(): Language {
  const wished = [localStorage.getItem(place), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return languages.find((language) => wished.find((tag) => languages.includes(tag as Language)) === language) ?? 'fi';
}

function rememberLanguage(language: Language): void {
  localStorage.setItem(place, language);
}
