// load.mjs URL COUNT: so many clients echo without pause. Prints 'ready' once each has had an echo, then waits to be closed.
import { open, say, textOf } from './common.mjs';

const [url, count] = [process.argv[2], Number(process.argv[3])];
const text = textOf(4000);
const clients = await Promise.all(Array.from({ length: count }, () => open(url)));
let echoed = 0;

const first = clients.map(async socket => {
  // Four in flight at any time, so that the server has something of each client to read when it is stopped.
  socket.on('message', () => {
    echoed++;
    if (socket.readyState === socket.OPEN) socket.send(text);
  });
  for (let i = 0; i < 4; i++) socket.send(text);
  await socket.next();
});
await Promise.all(first);
console.log('ready');

say({ closes: await Promise.all(clients.map(socket => socket.closed)), echoed });
