import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ClassView } from '../../api/shapes.ts';

export function ClassCards({ classes, level }: { classes: readonly ClassView[]; level: 2 | 3 }) {
  const { t } = useTranslation();
  const Title = `h${level}` as const;
  return (
    <ul className="plain grid">
      {classes.map((one) => (
        <li key={one.id} className="card">
          <Title>
            <Link className="card-link" to={`/classes/${one.id}`}>
              {one.title ?? t(`classes.${one.type}`)}
            </Link>
          </Title>
          <p className="quiet small">
            {[t(`classes.${one.type}`), one.grade && `${t('classes.grade')} ${one.grade}`, one.school?.name]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
