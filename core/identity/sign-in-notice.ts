import type { Context } from 'koa';
import { createHash } from 'node:crypto';
import type { Language, Texts } from '../kernel/index.ts';

/** Ways in which a sign-in ends without a session; each is told to the person on a page. */
export type SignInEnd =
  | 'no-role'
  | 'lost'
  | 'cancelled'
  | 'failed'
  | 'unavailable'
  | 'too-many'
  | 'another-person'
  | 'unknown-provider';

interface Notice {
  status: number;
  title: Texts;
  text: Texts;
}

const notices: Record<SignInEnd, Notice> = {
  'no-role': {
    status: 403,
    title: {
      fi: 'Sinulla ei ole vielä roolia DigiOnessa',
      sv: 'Du har ännu ingen roll i DigiOne',
      en: 'You have no role in DigiOne yet',
    },
    text: {
      fi: 'Tunnistautuminen onnistui, mutta koulun rekisteristä ei löydy sinulle voimassa olevaa roolia. Oppilas ja opettaja: kysy koulun kansliasta. Huoltaja: kysy lapsesi koulusta, onko sinut merkitty huoltajaksi. Muu henkilöstö: kysy kuntasi opetustoimen pääkäyttäjältä.',
      sv: 'Identifieringen lyckades, men i skolans register finns ingen gällande roll för dig. Elev och lärare: fråga skolans kansli. Vårdnadshavare: fråga ditt barns skola om du är antecknad som vårdnadshavare. Övrig personal: fråga huvudanvändaren vid kommunens utbildningsväsen.',
      en: 'You were identified, but the school’s register has no valid role for you. Pupils and teachers: ask the school office. Guardians: ask your child’s school whether you are entered as a guardian. Other staff: ask the main user of your municipality’s education services.',
    },
  },
  lost: {
    status: 400,
    title: { fi: 'Kirjautuminen keskeytyi', sv: 'Inloggningen avbröts', en: 'The sign-in was interrupted' },
    text: {
      fi: 'Kirjautuminen kesti liian kauan tai se oli auki toisessa välilehdessä. Aloita alusta; mitään ei ole menetetty.',
      sv: 'Inloggningen tog för lång tid eller var öppen i en annan flik. Börja om; inget har gått förlorat.',
      en: 'The sign-in took too long or was open in another tab. Start again; nothing is lost.',
    },
  },
  cancelled: {
    status: 400,
    title: { fi: 'Kirjautuminen peruttiin', sv: 'Inloggningen avbröts av dig', en: 'The sign-in was cancelled' },
    text: {
      fi: 'Et kirjautunut sisään. Voit aloittaa alusta.',
      sv: 'Du loggade inte in. Du kan börja om.',
      en: 'You did not sign in. You can start again.',
    },
  },
  failed: {
    status: 400,
    title: { fi: 'Kirjautuminen ei onnistunut', sv: 'Inloggningen misslyckades', en: 'The sign-in failed' },
    text: {
      fi: 'Tunnistuspalvelun vastausta ei voitu hyväksyä. Aloita alusta. Jos tämä toistuu, ilmoita siitä kuntasi pääkäyttäjälle.',
      sv: 'Identifieringstjänstens svar kunde inte godkännas. Börja om. Om detta upprepas, meddela kommunens huvudanvändare.',
      en: 'The answer of the identification service could not be accepted. Start again. If this repeats, tell the main user of your municipality.',
    },
  },
  unavailable: {
    status: 503,
    title: {
      fi: 'Tunnistuspalvelu ei vastaa',
      sv: 'Identifieringstjänsten svarar inte',
      en: 'The identification service does not answer',
    },
    text: {
      fi: 'Yritä hetken kuluttua uudelleen.',
      sv: 'Försök igen om en stund.',
      en: 'Try again in a moment.',
    },
  },
  'too-many': {
    status: 429,
    title: {
      fi: 'Kirjautumisia on nyt liian monta',
      sv: 'Det är för många inloggningar just nu',
      en: 'Too many sign-ins right now',
    },
    text: {
      fi: 'Verkostasi on aloitettu hyvin monta kirjautumista. Odota minuutti ja yritä uudelleen.',
      sv: 'Väldigt många inloggningar har börjat från ditt nätverk. Vänta en minut och försök igen.',
      en: 'Very many sign-ins were started from your network. Wait a minute and try again.',
    },
  },
  'another-person': {
    status: 403,
    title: {
      fi: 'Tunnistauduit toisena henkilönä',
      sv: 'Du identifierade dig som en annan person',
      en: 'You identified yourself as someone else',
    },
    text: {
      fi: 'Vahvistukseen tarvitaan sama henkilö, joka on kirjautunut sisään. Istuntosi on ennallaan.',
      sv: 'För bekräftelsen behövs samma person som är inloggad. Din session är oförändrad.',
      en: 'The confirmation needs the same person who is signed in. Your session is unchanged.',
    },
  },
  'unknown-provider': {
    status: 404,
    title: { fi: 'Tuntematon kirjautumistapa', sv: 'Okänt inloggningssätt', en: 'Unknown way to sign in' },
    text: {
      fi: 'Tämä kunta ei käytä tätä kirjautumistapaa. Valitse kunta ja kirjautumistapa etusivulta.',
      sv: 'Den här kommunen använder inte detta inloggningssätt. Välj kommun och inloggningssätt på förstasidan.',
      en: 'This municipality does not use this way to sign in. Choose the municipality and the way on the front page.',
    },
  },
};

const again: Texts = { fi: 'Etusivulle', sv: 'Till förstasidan', en: 'To the front page' };

const style = `body{margin:0;font:1.125rem/1.5 "Source Sans 3","Source Sans Pro",system-ui,sans-serif;color:#292929;background:#f7f7f8}
main{max-width:40rem;margin:12vh auto;padding:2rem;background:#fff;border:1px solid #c8cdd0;border-radius:4px}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 1rem}a{color:#2a6ebb}a:focus{outline:3px solid #2a6ebb;outline-offset:2px}`;

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'`;

/** A page of its own, so that it works before anything of the portal is loaded. All its text is ours. */
export function showNotice(
  ctx: Context,
  end: SignInEnd,
  language: Language,
): { status: number; stream: Buffer; headers: Record<string, string> } {
  const { status, title, text } = notices[end];
  ctx.set('content-security-policy', policy);
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title[language]} · DigiOne</title><style>${style}</style></head>
<body><main><h1>${title[language]}</h1><p>${text[language]}</p><p><a href="/">${again[language]}</a></p></main></body></html>`;
  const retry: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': '60' } : {};
  return { status, stream: Buffer.from(html), headers: { 'content-type': 'text/html; charset=utf-8', ...retry } };
}
