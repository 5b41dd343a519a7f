import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, TextInput } from 'suomifi-ui-components';
import { useAct } from '../../api/use-act.ts';
import { ErrorState } from '../../look/error-state.tsx';
import type { MemberRole } from './vendor-shapes.ts';

const roles: readonly MemberRole[] = ['developer', 'approver', 'owner'];

export function InviteMember({ vendor, changed }: { vendor: string; changed: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<MemberRole>('developer');
  const [asked, setAsked] = useState(false);
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === '' || username.trim() === '' || act.busy) return;
    const member = { name: name.trim(), username: username.trim(), role };
    if (!(await act.run(`/api/vendor/${vendor}/members`, member))) return;
    setName('');
    setUsername('');
    setAsked(false);
    changed();
  }
  const fault = (value: string) =>
    asked && value.trim() === '' ? { status: 'error' as const, statusText: t('common.required') } : {};
  return (
    <form className="card stack" aria-label={t('vendor.invite')} onSubmit={(event) => void send(event)}>
      <TextInput
        labelText={t('vendor.memberName')}
        value={name}
        {...fault(name)}
        onChange={(value) => setName(String(value ?? ''))}
      />
      <TextInput
        labelText={t('vendor.username')}
        value={username}
        {...fault(username)}
        onChange={(value) => setUsername(String(value ?? ''))}
      />
      <label className="choice">
        <span>{t('vendor.memberRole')}</span>
        <select value={role} onChange={(event) => setRole(event.target.value as MemberRole)}>
          {roles.map((one) => (
            <option key={one} value={one}>
              {t(`vendor.roles.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div>
        <Button type="submit" aria-disabled={act.busy}>
          {t('vendor.invite')}
        </Button>
      </div>
      {act.problem && <ErrorState problem={act.problem} />}
    </form>
  );
}
