import type { Language, Texts } from '../../kernel/index.ts';
import type { Letter } from './mailer.ts';

const subjects: Texts = { fi: 'Uusi viesti DigiOnessa', sv: 'Nytt meddelande i DigiOne', en: 'New message in DigiOne' };

const bodies: Record<Language, (plugin: string, inbox: string, stop: string) => string> = {
  fi: (plugin, inbox, stop) =>
    `Sinulle on uusi viesti: ${plugin}.\n\nLue viesti DigiOnessa: ${inbox}\n\nViestin sisältö ei kulje sähköpostissa.\nLopeta sähköpostit: ${stop}\n`,
  sv: (plugin, inbox, stop) =>
    `Du har ett nytt meddelande: ${plugin}.\n\nLäs meddelandet i DigiOne: ${inbox}\n\nMeddelandets innehåll skickas inte med e-post.\nSluta få e-post: ${stop}\n`,
  en: (plugin, inbox, stop) =>
    `You have a new message: ${plugin}.\n\nRead it in DigiOne: ${inbox}\n\nWhat the message says does not travel by e-mail.\nStop these e-mails: ${stop}\n`,
};

export interface LetterParts {
  to: string;
  language: Language;
  /** Name of the plugin. */
  plugin: string;
  /** Origin of the portal. */
  origin: string;
  /** Opens the recipient's switch for e-mail without signing in. */
  token: string;
}

/** The same words for everybody: neither learner nor school nor what the message says goes by e-mail. */
export function writeLetter({ to, language, plugin, origin, token }: LetterParts): Letter {
  const stop = `${origin}/unsubscribe?token=${token}`;
  // RFC 8058: the reader's mail program can stop them with one press.
  const oneClick = `<${origin}/api/notifications/unsubscribe?token=${token}>`;
  return {
    to,
    subject: subjects[language],
    text: bodies[language](plugin.replaceAll(/\p{C}/gu, ' '), `${origin}/inbox`, stop),
    headers: { 'list-unsubscribe': oneClick, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' },
  };
}
