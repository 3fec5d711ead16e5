// toolarge.mjs URL BYTES: a message larger than the route takes; the close that the server sends.
import { bytesOf, open, say } from './common.mjs';

const [url, size] = [process.argv[2], Number(process.argv[3])];
const socket = await open(url);
socket.send(bytesOf(size));
say(await socket.closed);
