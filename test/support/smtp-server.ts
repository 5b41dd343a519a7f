import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** A letter as it came over the wire. */
export interface ReceivedLetter {
  from: string;
  to: string[];
  /** Headers and body, lines joined by \n, quoted-printable undone. */
  text: string;
}

export interface SmtpServer extends AsyncDisposable {
  url: string;
  letters: ReceivedLetter[];
  /** What the next recipients are answered instead of 250, one answer for each. */
  answers: string[];
}

/** The part of RFC 5321 that a sender needs, on a port of its own. */
export async function smtpServer(): Promise<SmtpServer> {
  const letters: ReceivedLetter[] = [];
  const answers: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    talk(socket, { letters, answers });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    answers,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function talk(socket: Socket, { letters, answers }: Pick<SmtpServer, 'letters' | 'answers'>): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let letter: ReceivedLetter = { from: '', to: [], text: '' };
  let lines: string[] | undefined;
  say('220 test ESMTP');
  createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    if (lines) {
      if (line !== '.') return void lines.push(line.replace(/^\./, ''));
      letters.push({ ...letter, text: plain(lines.join('\n')) });
      lines = undefined;
      return say('250 kept');
    }
    const [verb = ''] = line.toUpperCase().split(/[ :]/);
    if (verb === 'MAIL') letter = { from: line.slice(10), to: [], text: '' };
    if (verb === 'RCPT') {
      const answer = answers.shift();
      if (answer) return say(answer);
      letter.to.push(/<(.*)>/.exec(line)?.[1] ?? '');
    }
    if (verb === 'DATA') {
      lines = [];
      return say('354 go on');
    }
    if (verb === 'QUIT') return void socket.end('221 bye\r\n');
    return say(verb === 'EHLO' ? '250 test' : '250 ok');
  });
}

function plain(text: string): string {
  return Buffer.from(
    text
      .replaceAll('=\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
}
