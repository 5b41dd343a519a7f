import { readFile } from 'node:fs/promises';

/** The platform's version, which is the SDK's. */
export async function platformVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
