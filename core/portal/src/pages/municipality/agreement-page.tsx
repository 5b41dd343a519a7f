import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useAct } from '../../api/use-act.ts';
import type { CatalogueDetail, Manifest } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { useWords } from '../../look/use-words.ts';
import { AgreementForm } from './agreement-form.tsx';

export function AgreementPage() {
  const { vendor, name } = useParams();
  const detail = useAnswer<CatalogueDetail>(`/api/catalogue/${vendor}/${name}`);
  return <Answered of={detail}>{({ manifest }) => <Terms manifest={manifest} />}</Answered>;
}

function Terms({ manifest }: { manifest: Manifest }) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const navigate = useNavigate();
  const act = useAct();
  const plugin = `/municipality/${manifest.id}`;
  const crumbs = [
    { to: '/', text: t('municipality.title') },
    { to: plugin, text: pick(manifest.name) },
  ];
  return (
    <Page title={t('agreement.title', { name: pick(manifest.name) })} lead={t('agreement.lead')} crumbs={crumbs}>
      <AgreementForm
        manifest={manifest}
        busy={act.busy}
        accept={async (elements) => {
          if (
            await act.run('/api/municipality/agreements', { plugin: manifest.id, version: manifest.version, elements })
          )
            await navigate(plugin);
        }}
      />
      {act.problem && <ErrorState problem={act.problem} />}
    </Page>
  );
}
