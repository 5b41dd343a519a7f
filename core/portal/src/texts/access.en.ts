import type { TextTree } from './fi.ts';

export const viewers: TextTree['viewers'] = {
  title: 'Who can see the data',
  lead: 'Everybody who can see something now or could on the day that you choose, and through what. Decided by the same rules as every look at the data.',
  day: 'Day',
  field: 'Data',
  allFields: 'All data',
  count_one: '{{count}} person',
  count_other: '{{count}} people',
  hidden: 'What apps ask for and nobody sees',
  coarse: '{{field}} (coarse)',
};

export const consentLife: TextTree['consentLife'] = {
  defer: 'I decide later',
  quiet: 'You will not be asked again before {{date}}. You can still change your answer here.',
  changed: 'This has changed since you gave your consent, so you are asked again: {{what}}.',
  reviewTitle: 'Yearly look at consents',
  reviewLead: 'Everything that you have allowed, on one page. Withdraw what you do not want any more.',
  due: 'It is a year since the last look.',
  nothingGiven: 'No consents have been given.',
  reviewedOn: 'Last looked at on {{date}}.',
  keepAll: 'I have looked at these; they stay as they are',
  reviewLink: 'Look at all consents',
  fields: {
    purpose: 'purpose',
    elements: 'data',
    recipients: 'who handles it',
    places: 'countries',
    retentionDays: 'how long it is kept',
    basis: 'legal basis',
  },
};

export const explain: TextTree['explain'] = {
  title: 'Why does somebody see or not see?',
  lead: 'Choose who looks, at whom and in which app. Asking is logged, and the family sees it.',
  school: 'School',
  plugin: 'App',
  viewer: 'Who looks',
  learner: 'At which learner',
  ask: 'Explain',
  nameHint: 'Part of the name',
  choose: '{{label}}: found',
  pick: 'Choose',
  nobody: 'Nobody was found',
  answer: 'Explanation',
  visible: 'The learner is seen.',
  notVisible: 'The learner is not seen.',
  shown: 'Shown',
  notShown: 'Not shown',
};
