import type { TextTree } from './fi.ts';

export const viewers: TextTree['viewers'] = {
  title: 'Vem kan se uppgifterna',
  lead: 'Alla som ser något nu eller såg det den dag du väljer, och genom vad. Samma regler gäller som vid varje visning.',
  day: 'Dag',
  field: 'Uppgift',
  allFields: 'Alla uppgifter',
  count_one: '{{count}} person',
  count_other: '{{count}} personer',
  hidden: 'Vad tilläggen ber om men ingen ser',
  coarse: '{{field}} (grovt)',
};

export const consentLife: TextTree['consentLife'] = {
  defer: 'Jag bestämmer senare',
  quiet: 'Du tillfrågas inte på nytt före {{date}}. Du kan ändå ändra ditt svar här.',
  changed: 'Det här har ändrats sedan ditt samtycke, därför frågar vi på nytt: {{what}}.',
  reviewTitle: 'Årlig genomgång av samtycken',
  reviewLead: 'Allt som du har tillåtit på en sida. Återkalla det som du inte längre vill.',
  due: 'Det har gått ett år sedan den senaste genomgången.',
  nothingGiven: 'Inga samtycken har getts.',
  reviewedOn: 'Senast genomgånget {{date}}.',
  keepAll: 'Jag har gått igenom dessa, de gäller fortfarande',
  reviewLink: 'Se alla samtycken',
  fields: {
    purpose: 'ändamål',
    elements: 'uppgifter',
    recipients: 'vem som behandlar',
    places: 'länder',
    retentionDays: 'hur länge de sparas',
    basis: 'rättslig grund',
  },
};

export const explain: TextTree['explain'] = {
  title: 'Varför ser någon eller ser inte?',
  lead: 'Välj vem som tittar, på vem och i vilket tillägg. Frågan loggas och familjen ser den.',
  school: 'Skola',
  plugin: 'Tillägg',
  viewer: 'Vem tittar',
  learner: 'På vilken elev',
  ask: 'Förklara',
  nameHint: 'En del av namnet',
  choose: '{{label}}: hittades',
  pick: 'Välj',
  nobody: 'Ingen hittades',
  answer: 'Förklaring',
  visible: 'Eleven syns.',
  notVisible: 'Eleven syns inte.',
  shown: 'Visas',
  notShown: 'Visas inte',
};
