import { definePlugin } from '@digione/sdk/backend';
import { family, registerAbsence } from './family.ts';
import { lesson, lessons, mark } from './lessons.ts';
import { countDay, school } from './school.ts';

export default definePlugin({
  calls: { lessons: (_: unknown, context) => lessons(context), lesson, mark, registerAbsence },
  tiles: { lessons, family, school },
  schedules: { nightly: countDay },
});
