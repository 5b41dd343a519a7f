import { SearchInput } from 'suomifi-ui-components';
import { useTranslation } from 'react-i18next';

export function SearchForm({
  label,
  words,
  search,
}: {
  label: string;
  words: string;
  search: (words: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <search className="search-form">
      <SearchInput
        key={words}
        labelText={label}
        clearButtonLabel={t('common.clear')}
        searchButtonLabel={t('common.search')}
        defaultValue={words}
        fullWidth
        onSearch={(value) => search(String(value ?? '').trim())}
        onChange={(value) => value === '' && words !== '' && search('')}
      />
    </search>
  );
}
