/** A letter as it leaves: who gets it, and words that hold nobody's data. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  headers: Record<string, string>;
}

/** What became of one attempt; `again` tells whether a later one may succeed. */
export type Posted = { ok: true } | { ok: false; again: boolean; code: string };

/** Hands letters to the post. */
export interface Mailer extends Disposable {
  send(letter: Letter): Promise<Posted>;
}

export interface SmtpSettings {
  /** smtp:// or smtps:// with the account of the server. */
  url: string;
  /** Sender of every letter, `DigiOne <no-reply@example.org>`. */
  from: string;
}

const timeoutMs = 15_000;

/** SMTP through nodemailer, which is loaded at the first letter. */
export function createSmtpMailer({ url, from }: SmtpSettings): Mailer {
  let opening: Promise<import('nodemailer').Transporter> | undefined;
  const open = async () => {
    const { createTransport } = await import('nodemailer');
    const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
    // Nothing of a letter is ever read from a file or fetched from an address.
    return createTransport({
      url,
      pool: true,
      maxConnections: 2,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...timeouts,
    });
  };
  return {
    async send(letter) {
      opening ??= open();
      try {
        await (await opening).sendMail({
          from,
          ...letter,
          headers: { ...letter.headers, 'auto-submitted': 'auto-generated' },
        });
        return { ok: true };
      } catch (error) {
        return reasonOf(error);
      }
    },
    [Symbol.dispose]() {
      void opening?.then((transport) => transport.close());
    },
  };
}

/** A 5xx answer is the server's last word (RFC 5321 §4.2.1); everything else may pass. */
function reasonOf(error: unknown): Posted {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  if (responseCode !== undefined) return { ok: false, again: responseCode < 500, code: `smtp-${responseCode}` };
  return { ok: false, again: code !== 'EENVELOPE', code: `smtp-${(code ?? 'failed').toLowerCase()}` };
}
