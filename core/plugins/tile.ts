import { checkViews, type View } from '@digione/sdk/views';
import { refuse } from '../kernel/index.ts';
import { admit, type PluginDeps, type PluginRequest, run } from './run-plugin.ts';

/** A tile's views, checked against the vocabulary before any portal draws them. */
export async function tile(deps: PluginDeps, request: PluginRequest, id: string): Promise<View> {
  const grant = await admit(deps, request);
  const declared = grant.manifest.surfaces.tiles.find((one) => one.id === id);
  const shown = declared?.roles.some((role) => role === request.actor.role);
  if (!shown) refuse('not-found', `${grant.plugin} has no tile "${id}" for your role.`);
  const checked = checkViews(await run(deps, request, { grant, handler: { kind: 'tile', name: id, argument: null } }));
  if (checked.ok) return checked.view;
  const { pointer, message } = checked.problem;
  return refuse('invalid-result', `${grant.plugin} answered with views that can not be shown.`, {
    detail: `${pointer || '/'}: ${message}`,
  });
}
