import type { Language, Texts } from '../../kernel/index.ts';
import { escapeHtml } from '../export/readable.ts';
import { csvLine } from './csv.ts';
import type { ProcessingRecord, RecordActivity } from './record.ts';

const columns = {
  name: { fi: 'Käsittelytoimi', sv: 'Behandling', en: 'Activity' },
  purpose: { fi: 'Tarkoitus', sv: 'Ändamål', en: 'Purpose' },
  bases: { fi: 'Oikeusperuste', sv: 'Rättslig grund', en: 'Legal basis' },
  subjects: { fi: 'Rekisteröidyt', sv: 'Registrerade', en: 'Data subjects' },
  categories: { fi: 'Tietoryhmät', sv: 'Kategorier av uppgifter', en: 'Categories of data' },
  recipients: { fi: 'Vastaanottajat', sv: 'Mottagare', en: 'Recipients' },
  transfers: { fi: 'Siirrot EU/ETA:n ulkopuolelle', sv: 'Överföringar utanför EU/EES', en: 'Transfers outside EU/EEA' },
  retention: { fi: 'Poistamisen määräaika', sv: 'Tidsfrist för radering', en: 'Time limit for erasure' },
  schools: { fi: 'Kouluja', sv: 'Skolor', en: 'Schools' },
  assessment: { fi: 'Vaikutustenarviointi', sv: 'Konsekvensbedömning', en: 'Impact assessment' },
} as const satisfies Record<string, Texts>;

const words = {
  title: { fi: 'Seloste käsittelytoimista', sv: 'Register över behandling', en: 'Record of processing activities' },
  controller: { fi: 'Rekisterinpitäjä', sv: 'Personuppgiftsansvarig', en: 'Controller' },
  officer: { fi: 'Tietosuojavastaava', sv: 'Dataskyddsombud', en: 'Data protection officer' },
  measures: { fi: 'Turvatoimet', sv: 'Säkerhetsåtgärder', en: 'Security measures' },
} as const satisfies Record<string, Texts>;

function cellsOf(activity: RecordActivity, language: Language): string[] {
  const {
    name,
    purpose,
    bases,
    law,
    subjects,
    categories,
    fields,
    recipients,
    transfers,
    retention,
    schools,
    assessment,
  } = activity;
  const data = fields.length === 0 ? categories : fields.map(({ text }) => text[language]);
  return [
    name[language],
    purpose[language],
    [...bases, ...(law ? [law] : [])].join('; '),
    subjects.join(', '),
    data.join(', '),
    recipients.map((one) => `${one.name} (${one.country}, ${one.as})`).join('; '),
    transfers.join(', '),
    retention[language],
    schools === null ? '' : String(schools),
    assessment,
  ];
}

export function recordCsv({ activities }: ProcessingRecord, language: Language): string {
  const head = csvLine(Object.values(columns).map((text) => text[language]));
  return `\uFEFF${[head, ...activities.map((one) => csvLine(cellsOf(one, language)))].join('\r\n')}\r\n`;
}

export function recordHtml(record: ProcessingRecord, language: Language): string {
  const say = (text: Texts) => escapeHtml(text[language]);
  const head = Object.values(columns).map((text) => `<th scope="col">${say(text)}</th>`);
  const rows = record.activities.map((one) => {
    const [first, ...rest] = cellsOf(one, language).map(escapeHtml);
    return `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const officers = record.officers.map(({ name, email, phone }) =>
    escapeHtml([name, email, phone].filter(Boolean).join(', ')),
  );
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${say(words.title)}</title><style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:.4rem;text-align:left;vertical-align:top}</style></head>
<body><main><h1>${say(words.title)}</h1><p>${say(words.controller)}: ${say(record.controller.name)} (${record.controller.code})</p>
<p>${say(words.officer)}: ${officers.join('; ')}</p><p>${record.madeAt}</p>
<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>
<h2>${say(words.measures)}</h2><ul>${record.measures.map((text) => `<li>${say(text)}</li>`).join('')}</ul></main></body></html>
`;
}
