import { bridgeLimits } from './bridge-limits.ts';

export interface HandshakeOptions {
  frame: HTMLIFrameElement;
  now: () => number;
  /** The page is there: `port` is ours, and `connect` gives the other end away with what the page should know. */
  connected(port: MessagePort, connect: (facts: ConnectFacts) => void): void;
  /** The page speaks no version of ours, or loads itself anew again and again. */
  refused(): void;
}

export interface ConnectFacts {
  page: string;
  language: string;
  theme: unknown;
  argument?: unknown;
}

const version = 1;

/** Waits for the page to say that it is there. Only this frame's own window with its opaque origin is heard. */
export function listenForPage({ frame, now, connected, refused }: HandshakeOptions): () => void {
  const moments: number[] = [];
  function hear(event: MessageEvent): void {
    if (event.source !== frame.contentWindow || event.origin !== 'null' || !isReady(event.data)) return;
    moments.push(now());
    if (moments.filter((moment) => moment > now() - 60_000).length > bridgeLimits.readyPerMinute) {
      refused();
      return;
    }
    if (!event.data.versions.includes(version)) {
      frame.contentWindow?.postMessage({ type: 'digione:refused', versions: [version] }, '*');
      refused();
      return;
    }
    const channel = new MessageChannel();
    // An opaque origin has no name; `frame-src` of the page policy is what keeps strangers out of the frame.
    connected(channel.port1, (facts) =>
      frame.contentWindow?.postMessage({ type: 'digione:connect', version, ...facts }, '*', [channel.port2]),
    );
  }
  window.addEventListener('message', hear);
  return () => window.removeEventListener('message', hear);
}

function isReady(data: unknown): data is { type: 'digione:ready'; versions: unknown[] } {
  if (typeof data !== 'object' || data === null) return false;
  const { type, versions } = data as Record<string, unknown>;
  return type === 'digione:ready' && Array.isArray(versions) && versions.length <= 20;
}
