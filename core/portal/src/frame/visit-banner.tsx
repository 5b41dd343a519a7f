import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RoleView } from '../api/shapes.ts';
import { useAct } from '../api/use-act.ts';
import { useWords } from '../look/use-words.ts';
import { useSession } from '../session/session-context.ts';

/** On every page of a support visit: where, until when, and that nothing can be changed; and the way out. */
export function VisitBanner({ role: { visit, school, municipality } }: { role: RoleView }) {
  const { t } = useTranslation();
  const { pick, moment } = useWords();
  const { reload } = useSession();
  const navigate = useNavigate();
  const act = useAct();
  if (!visit) return null;
  const { id, endsAt } = visit;
  async function end(): Promise<void> {
    await act.run(`/api/support/visits/${id}/end`);
    await reload();
    await navigate('/');
  }
  return (
    <section className="banner visit-banner" aria-label={t('support.title')}>
      <div className="inner row row-apart">
        <p>
          {t('support.banner', {
            school: school?.name ?? '',
            municipality: pick(municipality.name),
            until: moment(endsAt),
          })}
        </p>
        <button type="button" className="button button-second" aria-disabled={act.busy} onClick={() => void end()}>
          {t('support.end')}
        </button>
      </div>
    </section>
  );
}
