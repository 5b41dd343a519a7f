/** A place to write, which may be a screen. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How commands talk. Answers go to standard output, everything else to standard error, so that answers can be piped. */
export interface Terminal {
  /** A line of the answer. */
  say(line: string): void;
  /** A line for the person who waits. */
  note(line: string): void;
  /** Something that went wrong or should be mended. */
  warn(line: string): void;
  /** Shows how far a task is, between 0 and 1; only on a screen. */
  progress(label: string, done: number): void;
}

const barWidth = 24;

/** A terminal over two outputs. Colours and bars appear only on screens. */
export function createTerminal(answers: Output, notes: Output): Terminal {
  let bar = false;
  const clear = () => {
    if (bar) notes.write('\r\u001b[2K');
    bar = false;
  };
  const line = (output: Output, text: string) => {
    clear();
    output.write(`${text}\n`);
  };
  return {
    say: (text) => line(answers, text),
    note: (text) => line(notes, text),
    warn: (text) => line(notes, notes.isTTY ? `\u001b[33m${text}\u001b[0m` : text),
    progress(label, done) {
      if (!notes.isTTY) return;
      const filled = Math.round(barWidth * Math.min(1, Math.max(0, done)));
      notes.write(
        `\r\u001b[2K${label} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${Math.round(done * 100)} %`,
      );
      bar = true;
      if (done >= 1) clear();
    },
  };
}
