import type { Tx } from '../../db/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';

const day = /^\d{4}-\d{2}-\d{2}$/;
const anyText = /^\P{Cc}{1,200}$/u;

/** What can be corrected in the core's own record, and what a right value looks like. Everything else is written in words. */
const fields: Readonly<Record<string, { column: string; fits: RegExp }>> = {
  'students.givenName': { column: 'given_name', fits: anyText },
  'students.familyName': { column: 'family_name', fits: anyText },
  'students.preferredName': { column: 'preferred_name', fits: anyText },
  'students.birthDate': { column: 'birth_date', fits: day },
  'students.languages': { column: 'language', fits: /^[a-z]{2,3}$/ },
  'students.email': { column: 'email', fits: /^[^\s@<>"]{1,64}@[^\s@<>"]{1,180}$/ },
  'students.phone': { column: 'phone', fits: /^[+0-9 ()-]{3,40}$/ },
  'students.address': { column: 'address', fits: /^\P{Cc}{1,500}$/u },
};

export const correctable: readonly string[] = Object.keys(fields);

/** A wish about no field is one in words; about a field it names what is right. */
export function checkCorrection(element: string | undefined, value: string | undefined): void {
  if (element === undefined && value === undefined) return;
  const field = element === undefined ? undefined : fields[element];
  if (!field || value === undefined)
    refuse('invalid', 'Name one of the fields that can be corrected, and the value that is right.');
  if (!field.fits.test(value) || (field.fits === day && Number.isNaN(Date.parse(value))))
    refuse('invalid', 'This is no value that the field can have.');
}

/** The corrected field itself; false when it is not one of the core's. */
export async function correct(
  tx: Tx,
  municipality: Id,
  { person, element, value }: { person: Id; element: string; value: string },
): Promise<boolean> {
  const field = fields[element];
  if (!field) return false;
  // The column is one of the constants above.
  const text = `update person set ${field.column} = $3 where municipality_id = $1 and id = $2`;
  await tx.query({ text, values: [municipality, person, value] });
  return true;
}

export async function presentValue(
  tx: Tx,
  municipality: Id,
  { person, element }: { person: Id; element: string },
): Promise<string | null> {
  const field = fields[element];
  if (!field) return null;
  const text = `select ${field.column}::text as value from person where municipality_id = $1 and id = $2`;
  const [row] = await tx.query<{ value: string | null }>({ text, values: [municipality, person] });
  return row?.value ?? null;
}
