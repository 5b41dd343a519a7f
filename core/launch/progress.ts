/** Steps of a long start, one line each; on a terminal the line of the running step is redrawn. */
export interface Progress {
  step<T>(name: string, work: (tell: (detail: string) => void) => Promise<T>): Promise<T>;
  /** A line of its own, said at once. */
  say(line: string): void;
}

export function createProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  return {
    async step(name, work) {
      const started = Date.now();
      const show = (detail: string) => out.isTTY && out.write(`\r\x1b[2K  … ${name} ${detail}`);
      show('');
      const result = await work(show);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      out.write(`${out.isTTY ? '\r\x1b[2K' : ''}  ✓ ${name} (${seconds} s)\n`);
      return result;
    },
    say: (line) => void out.write(`${out.isTTY ? '\r\x1b[2K' : ''}  ${line}\n`),
  };
}
