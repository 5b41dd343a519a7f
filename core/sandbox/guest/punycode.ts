const base = 36;

/** RFC 3492 §6.3, encoding of one label. */
export function punycode(label: string): string {
  const points = Array.from(label, (character) => character.codePointAt(0)!);
  let out = String.fromCodePoint(...points.filter((point) => point < 128));
  const basic = out.length;
  if (basic > 0) out += '-';
  let n = 128;
  let delta = 0;
  let bias = 72;
  for (let done = basic; done < points.length; n += 1, delta += 1) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (done + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta += 1;
      if (point !== n) continue;
      out += variableLength(delta, bias);
      bias = adapted(delta, done + 1, done === basic);
      delta = 0;
      done += 1;
    }
  }
  return out;
}

function variableLength(delta: number, bias: number): string {
  let out = '';
  let left = delta;
  for (let k = base; ; k += base) {
    const threshold = Math.min(Math.max(k - bias, 1), 26);
    if (left < threshold) return out + digit(left);
    out += digit(threshold + ((left - threshold) % (base - threshold)));
    left = Math.floor((left - threshold) / (base - threshold));
  }
}

function digit(value: number): string {
  return 'abcdefghijklmnopqrstuvwxyz0123456789'[value]!;
}

function adapted(delta: number, points: number, first: boolean): number {
  let left = Math.floor(delta / (first ? 700 : 2));
  left += Math.floor(left / points);
  let k = 0;
  for (; left > 455; k += base) left = Math.floor(left / 35);
  return k + Math.floor((36 * left) / (left + 38));
}
