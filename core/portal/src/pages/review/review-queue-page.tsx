import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Listed, ReviewItem } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { useWords } from '../../look/use-words.ts';

export function ReviewQueuePage() {
  const { t } = useTranslation();
  const queue = useAnswer<Listed<ReviewItem> | ReviewItem[]>('/api/review/queue');
  return (
    <Page title={t('review.title')} lead={t('review.lead')}>
      <Answered of={queue}>
        {(answer) => {
          const items = Array.isArray(answer) ? answer : answer.items;
          if (items.length === 0)
            return <EmptyState title={t('review.emptyTitle')} text={t('review.empty')} icon="check" />;
          return (
            <ul className="plain grid">
              {items.map((item) => (
                <QueueCard key={`${item.plugin} ${item.version}`} item={item} />
              ))}
            </ul>
          );
        }}
      </Answered>
    </Page>
  );
}

function QueueCard({ item }: { item: ReviewItem }) {
  const { t } = useTranslation();
  const { pick, date } = useWords();
  return (
    <li className="card">
      <h2>
        <Link className="card-link" to={`/review/${item.plugin}/${item.version}`}>
          {pick(item.name) || item.plugin}
        </Link>
      </h2>
      <p className="quiet small">
        <span className="code">{item.plugin}</span> · {t('common.version', { version: item.version })}
      </p>
      {item.submittedAt && <p className="quiet small">{t('review.submitted', { date: date(item.submittedAt) })}</p>}
    </li>
  );
}
