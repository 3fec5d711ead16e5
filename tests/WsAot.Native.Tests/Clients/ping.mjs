// ping.mjs URL: pings with payloads of 0, 1 and 125 bytes; the payloads of the pongs, in hexadecimal.
import { once } from 'node:events';
import { bytesOf, close, open, say } from './common.mjs';

const socket = await open(process.argv[2]);
const pings = [0, 1, 125].map(bytesOf);
const pongs = [];
for (const payload of pings) {
  socket.ping(payload);
  const [pong] = await once(socket, 'pong');
  pongs.push(pong.toString('hex'));
}
await close(socket);
say({ pings: pings.map(payload => payload.toString('hex')), pongs });
