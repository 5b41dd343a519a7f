import { useTranslation } from 'react-i18next';
import type { Language } from '../api/shapes.ts';
import { useSession } from '../session/session-context.ts';
import { languages } from '../texts/texts.ts';

const names: Record<Language, string> = { fi: 'Suomi', sv: 'Svenska', en: 'English' };

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const { speakLanguage } = useSession();
  return (
    <ul className="languages plain" aria-label={t('frame.language')}>
      {languages.map((language) => (
        <li key={language}>
          <button
            type="button"
            lang={language}
            aria-label={`${language.toUpperCase()} – ${names[language]}`}
            aria-current={i18n.language === language ? 'true' : undefined}
            onClick={() => void speakLanguage(language)}
          >
            {language.toUpperCase()}
          </button>
        </li>
      ))}
    </ul>
  );
}
