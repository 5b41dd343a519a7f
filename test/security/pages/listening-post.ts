import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo } from 'node:net';

/** A stranger's machine: it notes everybody who comes, by TCP and by UDP. */
export interface ListeningPost extends AsyncDisposable {
  /** `127.0.0.1:port`, the same port for both. */
  place: string;
  heard: string[];
}

export async function listeningPost(): Promise<ListeningPost> {
  const heard: string[] = [];
  const tcp = createServer((socket) => {
    heard.push('a connection');
    socket.on('data', (chunk) => heard.push(chunk.toString('latin1').slice(0, 60)));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4', () => heard.push('a datagram'));
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve));
  return {
    place: `127.0.0.1:${port}`,
    heard,
    async [Symbol.asyncDispose]() {
      udp.close();
      await new Promise((resolve) => tcp.close(resolve));
    },
  };
}
