import type { Actor } from '../identity/index.ts';
import { readAnswer } from './registry-answer.ts';
import type { RegistryHttp } from './registry-http.ts';
import type { ServiceToken } from './service-token.ts';

/** The vendors' door to the registry: the core says who asks, the registry knows for whom that person works. */
export interface VendorDesk {
  look(actor: Actor, path?: string): Promise<unknown>;
  act(actor: Actor, path: string, body?: object): Promise<unknown>;
  /** Refuses unless the person works for the vendor of the plugin, `vendor/name`. */
  checkWorksFor(actor: Actor, plugin: string): Promise<void>;
}

export function createVendorDesk({
  http,
  serviceToken,
}: {
  http: RegistryHttp;
  serviceToken: ServiceToken;
}): VendorDesk {
  const ask = async (actor: Actor, path: string, method: 'GET' | 'POST', body?: object) => {
    const address = path ? `/v1/console/${path}` : '/v1/console';
    const token = await serviceToken(actor);
    return readAnswer(await http.ask(address, { method, token, ...(body && { body }) }));
  };
  return {
    look: (actor, path = '') => ask(actor, path, 'GET'),
    act: (actor, path, body = {}) => ask(actor, path, 'POST', body),
    async checkWorksFor(actor, plugin) {
      const [vendor = ''] = plugin.split('/');
      await ask(actor, vendor, 'GET');
    },
  };
}
