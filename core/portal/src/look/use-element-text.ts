import { useTranslation } from 'react-i18next';
import { useNamed } from './use-named.ts';

/** Plain words for a data element's id, such as `students.givenName` or `storage.notes`. */
export function useElementText(): (element: string) => string {
  const { t } = useTranslation();
  const named = useNamed();
  return (element) => {
    const [door, ...rest] = element.split('.');
    return door === 'storage' ? t('elements.storage', { name: rest.join('.') }) : named(`elements.${element}`, element);
  };
}
