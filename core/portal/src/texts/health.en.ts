import type { TextTree } from './fi.ts';

export const health: TextTree['health'] = {
  title: 'Use and health',
  lead: 'The last {{days}} days. The numbers are about schools, not persons.',
  school: 'School',
  calls: 'Calls',
  time: 'Answer time (half / 95 %)',
  errors: 'Errors',
  denied: 'Refused requests',
  host: 'Requests to the platform',
  cpu: 'Processor time',
  storage: 'Stored',
  few: 'Fewer than five calls: no numbers are shown.',
  none: 'The plugin has not been used in this time.',
  seconds: '{{count}} s',
  milliseconds: 'at most {{count}} ms',
  records: '{{count}} records, {{size}} kB',
  resting:
    'Version {{version}} is switched off because it crashed again and again. It is tried again in {{count}} seconds.',
  wasDisabled: 'Switched off after crashes: {{count}}',
  unknownSchool: 'A school that is no more',
};
