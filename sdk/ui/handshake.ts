import { PluginError } from '../errors/index.ts';
import type { ConnectMessage } from '../events/index.ts';
import type { BridgePort } from './bridge.ts';

/** What the handshake hears. */
export interface WindowMessage {
  readonly source: unknown;
  readonly data: unknown;
  readonly ports: readonly BridgePort[];
}

/** The part of a page's window that the handshake uses. */
export interface PageWindow {
  readonly parent: { postMessage(message: unknown, targetOrigin: string): void };
  addEventListener(type: 'message', listener: (event: WindowMessage) => void): void;
  removeEventListener(type: 'message', listener: (event: WindowMessage) => void): void;
}

/** What the portal gave. */
export interface Connected {
  readonly port: BridgePort;
  readonly message: ConnectMessage;
}

/** Kept apart from the schemas, which a page needn't load. */
const version = 1;

/** Steps 2 to 4 and 6 of PROTOCOL.md. */
export function shakeHands(page: PageWindow, milliseconds: number): Promise<Connected> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      page.removeEventListener('message', hear);
    };
    const refuse = (message: string) => {
      end();
      reject(new PluginError('unavailable', message));
    };
    const hear = ({ source, data, ports }: WindowMessage) => {
      if (source !== page.parent || typeof data !== 'object' || data === null || !('type' in data)) return;
      if (data.type === 'digione:refused') refuse('The portal speaks no version of the bridge that this page speaks.');
      const [port] = ports;
      if (!isConnect(data) || !port || ports.length !== 1) return;
      end();
      resolve({ port, message: data });
    };
    const timer = setTimeout(() => refuse('The portal did not answer.'), milliseconds);
    page.addEventListener('message', hear);
    page.parent.postMessage({ type: 'digione:ready', versions: [version] }, '*');
  });
}

function isConnect(data: object): data is ConnectMessage {
  return 'type' in data && data.type === 'digione:connect' && 'version' in data && data.version === version;
}
