import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Listed, ReviewItem } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { Chip } from '../../look/chip.tsx';
import { EmptyState } from '../../look/empty-state.tsx';
import { useWords } from '../../look/use-words.ts';

export function ReviewQueuePage() {
  const { t } = useTranslation();
  const queue = useAnswer<Listed<ReviewItem>>('/api/review/queue');
  return (
    <Page title={t('review.title')} lead={t('review.lead')}>
      <Answered of={queue}>
        {({ items }) => {
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
  const { date } = useWords();
  return (
    <li className="card">
      <h2>
        <Link className="card-link" to={`/review/${item.plugin}/${item.version}`}>
          {item.plugin}
        </Link>
      </h2>
      <p className="quiet small">{t('common.version', { version: item.version })}</p>
      <p className="quiet small">{t('review.submitted', { date: date(item.publishedAt) })}</p>
      <p>
        <Chip tone={item.lane === 'new' ? 'info' : 'plain'}>{t(`review.lanes.${item.lane}`)}</Chip>
      </p>
    </li>
  );
}
