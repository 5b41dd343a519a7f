/**
 * Sends a body without an end until the other side closes; prints how many bytes it got rid of.
 * A process of its own: the guard against network use in tests stands in the way of raw sockets.
 */
import { connect } from 'node:net';

const [, , url, headers] = process.argv;
const { hostname, port, pathname } = new URL(url);
const lines = Object.entries(JSON.parse(headers)).map(([name, value]) => `${name}: ${value}\r\n`);
const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000), Buffer.from('\r\n')]);
const socket = connect(Number(port), hostname, () => {
  socket.write(`PUT ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ntransfer-encoding: chunked\r\n${lines.join('')}\r\n`);
  pour();
});
const pour = () => {
  while (!socket.destroyed && socket.write(chunk));
};
socket.on('drain', pour);
socket.on('error', () => undefined); // a reset is the expected end
socket.on('close', () => console.log(socket.bytesWritten));
