// halfway.mjs HOST PORT PATH: opens a connection, sends half of a frame, prints 'ready' and waits to be killed.
import { once } from 'node:events';
import { connect } from 'node:net';

const [host, port, path] = process.argv.slice(2);
const socket = connect(Number(port), host);
await once(socket, 'connect');
socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
  + 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n');
await once(socket, 'data');
// A masked binary frame that declares 60,000 bytes, and half of them.
socket.write(Buffer.concat([Buffer.from([0x82, 0xfe, 60_000 >> 8, 60_000 & 0xff, 1, 2, 3, 4]), Buffer.alloc(30_000)]),
  () => console.log('ready'));
