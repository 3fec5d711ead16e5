// close.mjs URL [CODE [REASON]]: the client closes; the close that the server answers with.
import { open, say } from './common.mjs';

const [url, code, reason] = process.argv.slice(2);
const socket = await open(url);
if (code) socket.close(Number(code), reason);
else socket.close();
say(await socket.closed);
