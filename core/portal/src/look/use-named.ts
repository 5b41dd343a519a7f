import { useTranslation } from 'react-i18next';

/** The text of a key that comes from outside (a state, a role, an element), or the fallback when we have no word for it. */
export function useNamed(): (key: string, fallback: string) => string {
  const { i18n } = useTranslation();
  return (key, fallback) => {
    const text: unknown = i18n.t(key as 'brand.name', { defaultValue: fallback });
    return typeof text === 'string' ? text : fallback;
  };
}
