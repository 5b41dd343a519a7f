import type { Field } from '@digione/sdk/views';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem, FieldValue } from './check-field.ts';

interface FieldInputProps {
  field: Field;
  value: FieldValue | undefined;
  problem: FieldProblem | undefined;
  change: (value: FieldValue) => void;
}

type Attributes = {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string;
  'aria-required': boolean | undefined;
};

/** A label, a hint, the input that fits, and what is wrong with it. */
export function FieldInput({ field, value, problem, change }: FieldInputProps) {
  const { t } = useTranslation();
  const id = useId();
  const attributes: Attributes = {
    id,
    'aria-invalid': problem !== undefined,
    'aria-describedby': `${id}-about`,
    'aria-required': field.required,
  };
  const about = (
    <span id={`${id}-about`} className="view-about">
      {field.hint && <span className="quiet">{field.hint}</span>}
      {problem && <strong className="view-problem">{t(problem.text, { min: problem.min, max: problem.max })}</strong>}
    </span>
  );
  if (field.field === 'radio')
    return <RadioField field={field} value={value} change={change} about={about} name={id} />;
  if (field.field === 'checkbox') {
    return (
      <div className="view-field">
        <label className="view-check">
          <input
            {...attributes}
            type="checkbox"
            checked={value === true}
            onChange={(event) => change(event.target.checked)}
          />
          {field.label}
        </label>
        {about}
      </div>
    );
  }
  return (
    <div className="view-field">
      <label htmlFor={id}>
        {field.label}
        {!field.required && <span className="view-optional"> ({t('common.optional')})</span>}
      </label>
      {about}
      {inputOf(field, { attributes, value, change, choose: t('views.choose') })}
    </div>
  );
}

interface InputParts {
  attributes: Attributes;
  value: FieldValue | undefined;
  change: (value: FieldValue) => void;
  choose: string;
}

function inputOf(
  field: Exclude<Field, { field: 'radio' | 'checkbox' }>,
  { attributes, value, change, choose }: InputParts,
): ReactNode {
  const text = value === null || value === undefined ? '' : String(value);
  switch (field.field) {
    case 'longText':
      return (
        <textarea
          {...attributes}
          rows={4}
          maxLength={field.maxLength}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      );
    case 'number':
      return (
        <input
          {...attributes}
          type="number"
          inputMode="decimal"
          step="any"
          value={text}
          onChange={(event) => change(event.target.value === '' ? null : Number(event.target.value))}
        />
      );
    case 'date':
      return (
        <input
          {...attributes}
          type="date"
          min={field.min}
          max={field.max}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      );
    case 'select':
      return (
        <select {...attributes} value={text} onChange={(event) => change(event.target.value)}>
          <option value="">{choose}</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      );
    default:
      return (
        <input
          {...attributes}
          type="text"
          maxLength={field.maxLength}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      );
  }
}

interface RadioFieldProps {
  field: Extract<Field, { field: 'radio' | 'select' }>;
  value: FieldValue | undefined;
  change: (value: FieldValue) => void;
  about: ReactNode;
  name: string;
}

function RadioField({ field, value, change, about, name }: RadioFieldProps) {
  return (
    <fieldset className="view-field" aria-describedby={`${name}-about`}>
      <legend>{field.label}</legend>
      {about}
      {field.options.map((option) => (
        <label key={option.value} className="view-check">
          <input type="radio" name={name} checked={value === option.value} onChange={() => change(option.value)} />
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}
