// idle.mjs URL COUNT: so many clients that say nothing. Prints 'ready' when all are open, then waits to be closed.
import { open, say } from './common.mjs';

const [url, count] = [process.argv[2], Number(process.argv[3])];
const clients = await Promise.all(Array.from({ length: count }, () => open(url)));
console.log('ready');
say({ closes: await Promise.all(clients.map(socket => socket.closed)) });
