import type { Town } from './town-frame.ts';

/** Country code 999 is assigned to nobody. */
export function syntheticPhone(town: Town): string {
  return `+999 ${town.place.code} ${String(town.serial('phone')).padStart(6, '0')}`;
}

/** A street that no town has, under the postal code that no place has. */
export function syntheticAddress({ random, place }: Town): string {
  const street = random.pick(['Esimerkkikatu', 'Mallipolku', 'Harjoituskuja', 'Näytetie']);
  return `${street} ${1 + random.below(90)}, 00000 ${place.name.fi}`;
}
