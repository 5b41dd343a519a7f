import { hash } from 'node:crypto';
import type { Id } from '../kernel/index.ts';

/** A stable UUID (version 8, RFC 9562 §5.8) for a thing of the demonstration, from its path. */
export function demoId(path: string): Id {
  const hex = hash('sha256', `digione-demonstration/${path}`);
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A learner number on the test arc: no real person has one. */
export function testLearnerNumber(municipality: string, serial: number): string {
  return `1.2.246.562.99.24.${municipality}${String(serial).padStart(8, '0')}`;
}

/** An organisation's OID on the test arc. */
export function testOrganisationOid(municipality: string, serial: number): string {
  return `1.2.246.562.99.10.${municipality}${String(serial).padStart(5, '0')}`;
}

const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/**
 * Something shaped like a Finnish personal identity code that no register issues to a person:
 * individual numbers 900–999 are left for artificial use.
 */
export function artificialHetu(birthDate: string, serial: number): string {
  const [year, month, day] = birthDate.split('-') as [string, string, string];
  const digits = `${day}${month}${year.slice(2)}`;
  const individual = String(900 + (serial % 100));
  const check = checkCharacters.charAt(Number(digits + individual) % 31);
  return `${digits}${year < '2000' ? '-' : 'A'}${individual}${check}`;
}
