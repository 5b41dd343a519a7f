import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import type { MunicipalityPlugin, School } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Page } from '../../frame/page.tsx';
import { Answered } from '../../look/answered.tsx';
import { PersonChoice } from './person-choice.tsx';
import { ExplanationView } from './explanation-view.tsx';

/** "Why can't this teacher see this learner in this plugin?" */
export function ExplainPage() {
  const { t } = useTranslation();
  const schools = useAnswer<School[]>('/api/municipality/schools');
  const plugins = useAnswer<MunicipalityPlugin[]>('/api/municipality/plugins');
  return (
    <Page title={t('explain.title')} lead={t('explain.lead')} crumbs={[{ to: '/', text: t('municipality.title') }]}>
      <Answered of={schools}>
        {(all) => <Answered of={plugins}>{(agreed) => <ExplainForm schools={all} plugins={agreed} />}</Answered>}
      </Answered>
    </Page>
  );
}

function ExplainForm({ schools, plugins }: { schools: School[]; plugins: MunicipalityPlugin[] }) {
  const { t } = useTranslation();
  const [school, setSchool] = useState(schools[0]?.id ?? '');
  const [viewer, setViewer] = useState('');
  const [learner, setLearner] = useState('');
  const [asked, setAsked] = useState<string>();
  function ask(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const plugin = String(new FormData(event.currentTarget).get('plugin'));
    const [role = '', id = ''] = viewer.split(' ');
    const query = new URLSearchParams({ school, plugin, viewer: id, role, person: learner.split(' ')[1] ?? '' });
    setAsked(`/api/access/explanation?${query}`);
  }
  return (
    <div className="stack stack-large">
      <form className="stack measure" onSubmit={ask} aria-label={t('explain.title')}>
        <label className="choice">
          <span>{t('explain.school')}</span>
          <select value={school} onChange={({ target }) => setSchool(target.value)}>
            {schools.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="choice">
          <span>{t('explain.plugin')}</span>
          <select name="plugin" required>
            {plugins.map(({ plugin }) => (
              <option key={plugin}>{plugin}</option>
            ))}
          </select>
        </label>
        <PersonChoice label={t('explain.viewer')} school={school} chosen={viewer} choose={setViewer} />
        <PersonChoice label={t('explain.learner')} school={school} chosen={learner} choose={setLearner} learners />
        <div>
          <Button type="submit" aria-disabled={!viewer || !learner}>
            {t('explain.ask')}
          </Button>
        </div>
      </form>
      {asked && viewer && learner && <ExplanationView key={asked} path={asked} />}
    </div>
  );
}
