import { refuse, type Texts } from '../kernel/index.ts';
import { admit, type PluginDeps, type PluginRequest } from './run-plugin.ts';

/** Where the page of a plugin is to be loaded from: always the bytes of the enabled version. */
export async function page(
  deps: Pick<PluginDeps, 'grants'> & { pagesOrigin: string },
  request: Pick<PluginRequest, 'actor' | 'plugin'>,
  id: string,
): Promise<{ url: string; title: Texts }> {
  const grant = await admit(deps, request);
  const declared = grant.manifest.surfaces.pages.find((one) => one.id === id);
  if (!declared?.roles.some((role) => role === request.actor.role))
    refuse('not-found', `${grant.plugin} has no page "${id}" for your role.`);
  return { url: `${deps.pagesOrigin}/${grant.digest}/${declared.entry}`, title: declared.title };
}
