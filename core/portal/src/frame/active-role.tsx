import { useTranslation } from 'react-i18next';
import type { SignedIn } from '../api/shapes.ts';
import { useWords } from '../look/use-words.ts';

/** On every page, for whoever has several roles: as whom, and where, they work at the moment. */
export function ActiveRole({ session }: { session: SignedIn }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const { active, roles } = session;
  if (roles.length < 2) return null;
  const words = [t(`roles.${active.role}`), active.school?.name, pick(active.municipality.name)];
  return (
    <p className="inner active-role">
      <span className="quiet">{t('frame.currentRole')}:</span> <strong>{words.filter(Boolean).join(' · ')}</strong>
    </p>
  );
}
