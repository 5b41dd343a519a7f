import { refuse } from '@digione/core/kernel';
import type { Place } from './listing-store.ts';

/** Where the next page starts, opaque to callers. */
export function writeCursor({ score, plugin }: Place): string {
  return Buffer.from(JSON.stringify([score, plugin])).toString('base64url');
}

export function readCursor(text: string): Place {
  try {
    const [score, plugin] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof score === 'number' && Number.isFinite(score) && typeof plugin === 'string' && !plugin.includes('\0'))
      return { score, plugin };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
  }
  return refuse('invalid', 'This cursor is not one that the catalogue gave. Start from the first page.');
}
