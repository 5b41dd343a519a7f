import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';

interface TablePagerProps {
  label: string;
  page: number;
  pages: number;
  setPage: (page: number) => void;
}

export function TablePager({ label, page, pages, setPage }: TablePagerProps) {
  const { t } = useTranslation();
  const step = (text: string, next: number) => (
    <Button
      variant="secondary"
      aria-disabled={next < 0 || next >= pages}
      onClick={() => next >= 0 && next < pages && setPage(next)}
    >
      {text}
    </Button>
  );
  return (
    <nav className="row" aria-label={label}>
      {step(t('views.previous'), page - 1)}
      <span role="status">{t('views.page', { page: page + 1, pages })}</span>
      {step(t('views.next'), page + 1)}
    </nav>
  );
}
