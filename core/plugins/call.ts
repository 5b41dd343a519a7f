import { type PluginDeps, type PluginRequest, admit, run } from './run-plugin.ts';

/** A page, or an action in a tile, calls a method of its plugin's backend. */
export async function call(
  deps: PluginDeps,
  request: PluginRequest,
  { method, argument }: { method: string; argument?: unknown },
): Promise<unknown> {
  const grant = await admit(deps, request);
  return run(deps, request, { grant, handler: { kind: 'call', name: method, argument } });
}
