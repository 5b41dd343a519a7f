import { castGuardians } from './cast-guardians.ts';
import { castStaff } from './cast-staff.ts';
import type { DemoMunicipality } from './municipalities.ts';
import { addCastGuardian } from './town-families.ts';
import { openTown, schoolYear, type HashIdentifier, type Town } from './town-frame.ts';
import type { TownRows } from './town-rows.ts';
import { addSchool } from './town-school.ts';
import { addCastStaff } from './town-staff.ts';

/** All rows of one municipality; the same on every machine. */
export function buildTown(place: DemoMunicipality, hashIdentifier: HashIdentifier): TownRows {
  const town = openTown(place, hashIdentifier);
  addDistrict(town);
  for (const guardian of castGuardians) addCastGuardian(town, guardian);
  for (const school of place.schools) addSchool(town, school);
  for (const staff of castStaff) addCastStaff(town, staff);
  return town.rows;
}

function addDistrict({ place, rows, id }: Town): void {
  const common = { school_type: null, parent_id: null };
  rows.org.push({ id: place.districtId, type: 'district', oid: place.oid, name: place.name.fi, ...common });
  if (place.kind === 'coordinator') return;
  const year = { id: id('session/year'), type: 'schoolYear', parent_id: null, school_year: schoolYear.year };
  rows.academic_session.push(
    { ...year, title: '2026–2027', start_date: '2026-08-11', end_date: '2027-06-05' },
    { ...term('autumn', 'Syyslukukausi 2026'), start_date: '2026-08-11', end_date: '2026-12-22' },
    { ...term('spring', 'Kevätlukukausi 2027'), start_date: '2027-01-07', end_date: '2027-06-05' },
  );
  function term(key: string, title: string) {
    return { id: id(`session/${key}`), title, type: 'term', parent_id: year.id, school_year: schoolYear.year };
  }
}
