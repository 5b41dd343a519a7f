import { misuse } from '../failure.ts';

/** The registry that `npm start` brings up. */
export const localRegistry = 'http://127.0.0.1:8081';

/** The registry's address from an option, the environment or the default. A token must not travel in the clear. */
export function registryAddress(given: string | undefined): URL {
  const url = URL.parse(given ?? localRegistry);
  if (!url || !['http:', 'https:'].includes(url.protocol))
    return misuse(`"${given}" is not the address of a registry, such as https://registry.example.`);
  const local = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol === 'http:' && !local)
    return misuse(`${url.origin} would be asked in the clear. Use https, except on this machine.`);
  return url;
}
