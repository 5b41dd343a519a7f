import { type Static, Type } from 'typebox';
import { formOf, type Log, Refusal } from '../kernel/index.ts';
import type { RegistryHttp } from './registry-http.ts';

export interface ReleaseName {
  plugin: string;
  version: string;
}

const pageSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      plugin: Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}/[a-z][a-z0-9-]{1,38}$' }),
      version: Type.String({ pattern: '^[0-9A-Za-z.-]{1,64}$' }),
    }),
    { maxItems: 500 },
  ),
  next: Type.Optional(Type.Union([Type.String({ maxLength: 500 }), Type.Null()])),
});

const isPage = formOf(pageSchema);
const pagesAtMost = 200;

/** The newest version of each plugin as the registry lists them: names to ask the signed metadata for, nothing more. */
export async function listReleases(http: RegistryHttp, log: Log): Promise<ReleaseName[]> {
  const names: ReleaseName[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesAtMost; page += 1) {
    const answer = await readPage(http, cursor, log);
    names.push(...(answer?.items ?? []));
    cursor = answer?.next ?? undefined;
    if (cursor === undefined) break;
  }
  return names;
}

async function readPage(
  http: RegistryHttp,
  cursor: string | undefined,
  log: Log,
): Promise<Static<typeof pageSchema> | undefined> {
  const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  try {
    const { status, bytes } = await http.ask(`/v1/plugins?limit=100${after}`);
    const page: unknown = status === 200 ? JSON.parse(bytes.toString('utf8')) : undefined;
    if (isPage(page)) return page;
    log.warn({ status }, "the registry's list of plugins could not be read");
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof SyntaxError)) throw error;
    log.warn({ error: error.message }, "the registry's list of plugins could not be read");
  }
  return undefined;
}
