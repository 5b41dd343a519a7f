import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { RunningBundles } from '../marketplace/index.ts';
import type { Caller } from './caller.ts';

/** `log`: a line that the vendor reads. It carries the plugin and the trace, never who was in front of it. */
export async function log(
  { grant, log: hostLog, trace }: Caller,
  { level, message, fields }: ArgumentOf<Capabilities['log']>,
): Promise<ResultOf<Capabilities['log']>> {
  const { plugin, version } = grant;
  hostLog[level]({ plugin, version, trace, fields }, `plugin: ${message.replaceAll(/\p{C}/gu, ' ')}`);
  return null;
}

type TextsResult = ResultOf<Capabilities['i18n.texts']>;

/** `i18n.texts`: `locales/<language>.json` of the running bundle. A plugin without texts of its own has none. */
export async function texts(bundles: RunningBundles, { grant, actor }: Caller): Promise<TextsResult> {
  const { files } = await bundles.open(grant.digest);
  const file = files.get(`locales/${actor.language}.json`);
  return file ? (JSON.parse(file.toString('utf8')) as TextsResult) : {};
}
