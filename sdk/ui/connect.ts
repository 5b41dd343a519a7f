import { type Bridge, type BridgePort, type Calls, createBridge } from './bridge.ts';
import { type PageWindow, shakeHands } from './handshake.ts';
import { keepManners } from './page-manners.ts';

/** How long a page waits for the portal. */
const patience = 10_000;

/**
 * Connects the page to the portal that shows it. Call it once, when the document has been read. Sets language and theme on the root
 * element, keeps the frame's height, hands Escape on to the portal and tells it of errors that nobody caught.
 *
 * @example
 * import type plugin from '../backend.ts';
 * const digione = await connect<typeof plugin.calls>();
 * const { students } = await digione.call('todaysClass', {});
 */
export async function connect<C extends Calls = Calls>(): Promise<Bridge<C>> {
  const { port, message } = await shakeHands(window as unknown as PageWindow, patience);
  const bridge = createBridge<C>(port as BridgePort, message);
  keepManners(bridge as unknown as Bridge, document as Document & { defaultView: Window });
  return bridge;
}
