// flood.mjs URL COUNT: sends that many messages of 4 KiB without reading, then reads. How many of the echoes came, and whether in order.
import { close, open, say } from './common.mjs';

const [url, count] = [process.argv[2], Number(process.argv[3])];
const socket = await open(url);
socket.pause();
const padding = 'x'.repeat(4096 - 8);
for (let i = 0; i < count; i++) socket.send(String(i).padStart(8, '0') + padding);

// Until the server takes no more: the amount that waits here stays the same.
for (let before = -1; before !== socket.bufferedAmount;) {
  before = socket.bufferedAmount;
  await new Promise(resolve => setTimeout(resolve, 200));
}
const waiting = socket.bufferedAmount;
socket.resume();

let inOrder = 0;
for (let i = 0; i < count; i++) if ((await socket.next()).data.toString().startsWith(String(i).padStart(8, '0'))) inOrder++;
const { code } = await close(socket);
say({ inOrder, waiting, code });
