import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import type { MunicipalityPlugin, School } from '../../api/shapes.ts';
import { Chip } from '../../look/chip.tsx';
import { ErrorState } from '../../look/error-state.tsx';
import { useWords } from '../../look/use-words.ts';
import { StopForm } from './stop-form.tsx';

interface SchoolRowProps {
  school: School;
  agreed: MunicipalityPlugin;
  changed: () => void;
}

const tones = { enabled: 'good', stopped: 'warn', disabled: 'plain' } as const;

/** One school: whether the plugin is in use there, and the acts that make sense now. */
export function SchoolRow({ school, agreed, changed }: SchoolRowProps) {
  const { t } = useTranslation();
  const { pick } = useWords();
  const act = useAct();
  const [stopping, setStopping] = useState(false);
  const enablement = agreed.enablements.find((one) => one.school.id === school.id);
  const status = enablement?.status ?? 'disabled';
  const newer = status === 'enabled' ? newerVersion(agreed, enablement?.version) : undefined;

  async function run(path: string, body?: unknown): Promise<void> {
    if (!(await act.run(path, body))) return;
    setStopping(false);
    changed();
  }
  const address = `/api/municipality/enablements/${enablement?.id}`;
  const button = (text: string, name: string, press: () => void) => (
    <Button variant="secondary" aria-label={name} aria-disabled={act.busy} onClick={() => !act.busy && press()}>
      {text}
    </Button>
  );
  return (
    <li className="school">
      <div className="school-name">
        <strong>{school.name}</strong>
        <Chip tone={tones[status]}>
          {t(
            status === 'enabled'
              ? 'municipality.enabled'
              : status === 'stopped'
                ? 'municipality.stopped'
                : 'municipality.notEnabled',
          )}
        </Chip>
        {enablement?.reason && status === 'stopped' && (
          <p className="small quiet">
            {t('municipality.reason')}: {enablement.reason}
          </p>
        )}
      </div>
      <div className="row">
        {newer &&
          button(
            t('municipality.update', { version: newer }),
            t('municipality.updateIn', { version: newer, school: school.name }),
            () => void run(`${address}/update`),
          )}
        {status === 'disabled' &&
          button(
            t('municipality.enable'),
            t('municipality.enableIn', { school: school.name }),
            () => void run('/api/municipality/enablements', { plugin: agreed.plugin, school: school.id }),
          )}
        {status === 'stopped' &&
          button(
            t('municipality.resume'),
            t('municipality.resumeIn', { school: school.name }),
            () => void run(`${address}/resume`),
          )}
        {status === 'enabled' &&
          !stopping &&
          button(t('municipality.stop'), t('municipality.stopIn', { school: school.name }), () => setStopping(true))}
      </div>
      {stopping && (
        <StopForm
          name={pick(agreed.name)}
          school={school.name}
          busy={act.busy}
          cancel={() => setStopping(false)}
          stop={(reason) => void run(`${address}/stop`, { reason })}
        />
      )}
      {act.problem && <ErrorState problem={act.problem} />}
    </li>
  );
}

/** The version that this school could move to under the agreement in force. */
function newerVersion({ newVersion }: MunicipalityPlugin, used: string | undefined): string | undefined {
  return newVersion && !newVersion.needsAgreement && newVersion.version !== used ? newVersion.version : undefined;
}
