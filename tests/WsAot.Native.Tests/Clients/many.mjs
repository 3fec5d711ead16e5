// many.mjs URL COUNT: opens up to COUNT connections one after the other, echoes on each that opened, closes them all and opens one more.
// How many opened, how the others were refused, how many of the open ones echoed, and whether the last one did.
import { close, open, say } from './common.mjs';

const [url, count] = [process.argv[2], Number(process.argv[3])];
const opened = [];
const refusals = {};
for (let i = 0; i < count; i++) {
  try {
    opened.push(await open(url, { handshakeTimeout: 20_000 }));
  } catch (error) {
    const why = error.code ?? error.message;
    refusals[why] = (refusals[why] ?? 0) + 1;
  }
}

async function echoes(socket, text) {
  socket.send(text);
  return (await socket.next()).data.toString() === text;
}

let echoed = 0;
for (const socket of opened) if (await echoes(socket, 'still here')) echoed++;
for (const socket of opened) await close(socket);

// The server hears of the ends one by one; the place of one of them is free after a few tries at most.
let recovered = false;
for (let i = 0; i < 100 && !recovered; i++) {
  try {
    const socket = await open(url, { handshakeTimeout: 20_000 });
    recovered = await echoes(socket, 'back again');
    await close(socket);
  } catch {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
say({ opened: opened.length, refusals, echoed, recovered });
process.exit();
