import { refuse, schoolDate } from '../../kernel/index.ts';

const dayMilliseconds = 86_400_000;

/** From Finnish midnight to the next one, or to the midnight that ends a later day: summer time makes some days longer. */
export function schoolDay(from: string, to = from): { from: Date; to: Date } {
  return { from: midnight(from), to: midnight(nextDay(to)) };
}

function midnight(day: string): Date {
  const candidates = ['+03:00', '+02:00'].map((offset) => new Date(`${day}T00:00:00${offset}`));
  const found = candidates.find(
    (at) => !Number.isNaN(at.getTime()) && schoolDate(at) === day && schoolDate(new Date(at.getTime() - 1)) !== day,
  );
  return found ?? refuse('invalid', 'A day is written 2026-11-24.');
}

function nextDay(day: string): string {
  const noon = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(noon.getTime())) refuse('invalid', 'A day is written 2026-11-24.');
  return new Date(noon.getTime() + dayMilliseconds).toISOString().slice(0, 10);
}
