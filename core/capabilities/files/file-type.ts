const signatures: [type: string, at: number, bytes: number[]][] = [
  ['application/pdf', 0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
];

/** Whether the bytes are what the type says, by what a browser would take them for (WHATWG MIME Sniffing). */
export function isOfType(bytes: Buffer, type: string): boolean {
  const found = signatures.find(([, at, signature]) => signature.every((byte, index) => bytes[at + index] === byte));
  if (found) return found[0] === type;
  const text = textOf(bytes);
  if (text === undefined || /^\s*</.test(text)) return false; // markup would be drawn, whatever it is called
  if (type === 'application/json') return isJson(text);
  return type.startsWith('text/');
}

function textOf(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\u0000') ? undefined : text;
  } catch {
    return undefined; // bytes that are no text are of no type that is let in
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
