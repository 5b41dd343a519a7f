/** One MPASSid role, from its seven parts or the four of older sources. */
export interface MpassidRole {
  providerOid: string;
  schoolCode: string;
  group: string;
  /** As sent: `Oppilas`, `Opettaja`, … */
  name: string;
  code?: string;
  institutionOid?: string;
  officeOid?: string;
}

export interface MpassidClaims {
  learnerNumber?: string;
  /** Changes when the person moves: finds a person, is never a key. */
  uid?: string;
  /** OIDs of the education providers that speak for the person; they bound where `uid` means anything. */
  providerOids: string[];
  schools: { code?: string; oid?: string; name: string }[];
  roles: MpassidRole[];
  /** Values that could not be read, by claim; for the log, without the value. */
  problems: string[];
}

export const mpassidNames = {
  uid: 'urn:mpass.id:uid',
  provider: 'urn:mpass.id:educationProviderInfo',
  school: 'urn:mpass.id:schoolInfo',
  role: 'urn:mpass.id:role',
  learnerNumber: 'urn:oid:1.3.6.1.4.1.16161.1.1.27',
} as const;

const oid = /^[0-9]+(\.[0-9]+){3,20}$/;
const schoolCode = /^[0-9]{1,10}$/;
const maxValues = 50;
const maxLength = 500;

/**
 * Reads MPASSid's claims. Every composite value is read by itself: the lists of one login need not have
 * the same length or order, and a login may come without any role or school.
 */
export function readMpassid(claims: Record<string, unknown>): MpassidClaims {
  const problems: string[] = [];
  const read = <T>(name: string, parse: (value: string) => T | undefined) =>
    valuesOf(claims[name]).flatMap((value) => parse(value) ?? note(problems, name));
  const learnerNumber = single(claims[mpassidNames.learnerNumber]);
  const uid = single(claims[mpassidNames.uid]);
  const roles = read(mpassidNames.role, readRole);
  const providers = read(mpassidNames.provider, readProvider);
  return {
    ...(learnerNumber && oid.test(learnerNumber) && { learnerNumber }),
    ...(uid && { uid }),
    providerOids: [...new Set([...providers, ...roles.map(({ providerOid }) => providerOid)])],
    schools: read(mpassidNames.school, readSchool),
    roles,
    problems,
  };
}

function note(problems: string[], name: string): [] {
  problems.push(name);
  return [];
}

/** A claim with one value may come bare or as a list of one. */
function valuesOf(claim: unknown): string[] {
  const list = Array.isArray(claim) ? claim : [claim];
  return list
    .filter((value): value is string => typeof value === 'string' && value.trim() !== '' && value.length <= maxLength)
    .slice(0, maxValues)
    .map((value) => value.trim());
}

function single(claim: unknown): string | undefined {
  const values = valuesOf(claim);
  return values.length === 1 && values[0]!.length <= 255 ? values[0] : undefined;
}

function readProvider(value: string): string | undefined {
  const [first = ''] = value.split(';');
  return oid.test(first) ? first : undefined;
}

/** `code;name` or `OID;name`; a `;` in the name splits it further, so the rest is the name. */
function readSchool(value: string): MpassidClaims['schools'][number] | undefined {
  const [first = '', ...rest] = value.split(';');
  const name = rest.join(';').trim();
  if (oid.test(first)) return { oid: first, name };
  return schoolCode.test(first) ? { code: first, name } : undefined;
}

/**
 * `provider;school;group;name;code;institution;office`, older sources only the first four. The group is free text
 * and may contain `;`, therefore the fixed parts are counted from both ends.
 */
function readRole(value: string): MpassidRole | undefined {
  const parts = value.split(';').map((part) => part.trim());
  const [providerOid = '', school = ''] = parts;
  if (parts.length < 4 || !oid.test(providerOid) || (school !== '' && !schoolCode.test(school))) return undefined;
  const tail = isSevenPart(parts) ? parts.splice(-3) : [];
  const name = parts.at(-1)!;
  if (name === '') return undefined;
  const [code, institutionOid, officeOid] = tail;
  return {
    providerOid,
    schoolCode: school,
    group: parts.slice(2, -1).join(';'),
    name,
    ...(code && { code }),
    ...(institutionOid && { institutionOid }),
    ...(officeOid && { officeOid }),
  };
}

function isSevenPart(parts: string[]): boolean {
  const [code = '', institution = '', office = ''] = parts.slice(-3);
  const isOidOrEmpty = (part: string) => part === '' || oid.test(part);
  return parts.length >= 7 && /^[0-9]{0,3}$/.test(code) && isOidOrEmpty(institution) && isOidOrEmpty(office);
}
