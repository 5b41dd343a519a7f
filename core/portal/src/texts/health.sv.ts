import type { TextTree } from './fi.ts';

export const health: TextTree['health'] = {
  title: 'Användning och funktion',
  lead: 'De senaste {{days}} dagarna. Talen gäller skolor, inte personer.',
  school: 'Skola',
  calls: 'Anrop',
  time: 'Svarstid (hälften / 95 %)',
  errors: 'Fel',
  denied: 'Nekade förfrågningar',
  host: 'Förfrågningar till plattformen',
  cpu: 'Processortid',
  storage: 'Sparat',
  few: 'Färre än fem anrop: talen visas inte.',
  none: 'Tillägget har inte använts under den här tiden.',
  seconds: '{{count}} s',
  milliseconds: 'högst {{count}} ms',
  records: '{{count}} poster, {{size}} kB',
  resting:
    'Version {{version}} är avstängd eftersom den kraschade upprepade gånger. Den prövas igen om {{count}} sekunder.',
  wasDisabled: 'Avstängd på grund av krascher: {{count}}',
  unknownSchool: 'En skola som inte längre finns',
};
