import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import { type PageHead, pageContent } from './page-store.ts';

/** The pages of one source as one JSON array, a row a line; a page at a time, so that the length does not matter. */
export async function* rowsOf(
  tx: Tx,
  at: { municipality: Id; id: Id },
  pages: readonly PageHead[],
): AsyncGenerator<Buffer> {
  yield Buffer.from('[');
  let isFirst = true;
  for (const { page, rows, file } of pages) {
    if (file !== null || rows === 0) continue;
    const content = await pageContent(tx, at, page);
    if (!content) continue;
    yield Buffer.from(`${isFirst ? '\n' : ',\n'}${content.toString('utf8').replaceAll('\n', ',\n')}`);
    isFirst = false;
  }
  yield Buffer.from('\n]\n');
}
