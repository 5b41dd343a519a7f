import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'suomifi-ui-components';
import { checkField, type FieldProblem, type FieldValue } from './check-field.ts';
import { FieldInput } from './field-input.tsx';
import { firstValues } from './first-values.ts';
import { useSurface } from './surface-context.ts';
import type { ViewOf } from './view-of.ts';

/** A form that is checked here before it goes to the backend, which checks it again. */
export function FormBox({ view: { label, fields, submit, action } }: { view: ViewOf<'form'> }) {
  const { t } = useTranslation();
  const { act, busy } = useSurface();
  const [values, setValues] = useState(() => firstValues(fields));
  const [state, setState] = useState<'open' | 'tried' | 'sent'>('open');
  const problems: Record<string, FieldProblem | undefined> = Object.fromEntries(
    fields.map((field) => [field.name, checkField(field, values[field.name])]),
  );
  const isValid = Object.values(problems).every((problem) => problem === undefined);

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setState('tried');
    if (!isValid || busy) return;
    if (await act(action, { values })) setState('sent');
  }
  const change = (name: string, value: FieldValue) => {
    setValues((before) => ({ ...before, [name]: value }));
    if (state === 'sent') setState('open');
  };
  return (
    <form className="view-form" aria-label={label} noValidate onSubmit={(event) => void send(event)}>
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]}
          problem={state === 'tried' ? problems[field.name] : undefined}
          change={(value) => change(field.name, value)}
        />
      ))}
      <p role="status" className="small">
        {state === 'tried' && !isValid && t('views.invalid')}
        {state === 'sent' && t('views.sent')}
      </p>
      <div>
        <Button type="submit" aria-disabled={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
