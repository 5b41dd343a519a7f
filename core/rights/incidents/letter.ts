import { elementText } from '../../consent/index.ts';
import type { Language, Texts } from '../../kernel/index.ts';
import { escapeHtml } from '../export/readable.ts';
import type { IncidentRow } from './incident-store.ts';
import type { Addressee } from './letter-store.ts';

const words = {
  title: {
    fi: 'Ilmoitus henkilötietojen tietoturvaloukkauksesta',
    sv: 'Information om en personuppgiftsincident',
    en: 'Notice of a personal data breach',
  },
  about: { fi: 'Asia koskee henkilöä', sv: 'Ärendet gäller', en: 'This concerns' },
  what: { fi: 'Mitä tapahtui', sv: 'Vad som hände', en: 'What happened' },
  which: { fi: 'Mitkä tiedot', sv: 'Vilka uppgifter', en: 'Which data' },
  when: { fi: 'Milloin', sv: 'När', en: 'When' },
  done: {
    fi: 'Mitä on tehty ja mitä voit tehdä',
    sv: 'Vad som har gjorts och vad du kan göra',
    en: 'What was done and what you can do',
  },
  ask: { fi: 'Kysy lisää tietosuojavastaavalta', sv: 'Fråga dataskyddsombudet', en: 'Ask the data protection officer' },
  through: { fi: 'Sovellus', sv: 'Applikation', en: 'App' },
} as const satisfies Record<string, Texts>;

const zone = 'Europe/Helsinki';
const locales: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

export interface LetterParts {
  incident: IncidentRow;
  to: Addressee;
  municipality: Texts;
  officer: string;
  at: Date;
}

/**
 * A letter in plain words (GDPR Art. 34(2)), in the recipient's language. It names neither school nor class, and an address
 * only where it is not protected: a letter may be read by others.
 */
export function letter({ incident, to, municipality, officer, at }: LetterParts): string {
  const { language } = to;
  const say = (word: keyof typeof words) => escapeHtml(words[word][language]);
  const moment = (instant: Date) =>
    new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeStyle: 'short', timeZone: zone }).format(
      instant,
    );
  const fields = to.elements.map((element) => `<li>${escapeHtml(elementText(element)[language])}</li>`).join('');
  const address = [to.recipientName, ...(to.address?.split(/,\s*|\n/) ?? [])].map(escapeHtml).join('<br>');
  const title = say('title');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>body{font:12pt/1.5 Georgia,serif;max-width:18cm;margin:2cm auto;padding:0 1cm}address{font-style:normal;margin-bottom:2em}</style></head>
<body><main><p>${escapeHtml(municipality[language])}, ${escapeHtml(new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: zone }).format(at))}</p>
<address>${address}</address>
<h1>${title}</h1>
<p>${say('about')}: ${escapeHtml(to.personName)}</p>
<h2>${say('what')}</h2><p>${escapeHtml(incident.title)}</p><p>${say('through')}: ${escapeHtml(incident.plugin)}</p>
<h2>${say('when')}</h2><p>${escapeHtml(`${moment(incident.beganAt)} – ${moment(incident.endedAt)}`)}</p>
<h2>${say('which')}</h2><ul>${fields}</ul>
<h2>${say('done')}</h2><p>${escapeHtml(incident.measures ?? '')}</p>
<p>${say('ask')}: ${escapeHtml(officer)}</p></main></body></html>
`;
}
