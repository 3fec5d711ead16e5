// echo.mjs URL BYTES: a text and a binary message of that size, each compared with what comes back.
import { bytesOf, close, open, say, textOf } from './common.mjs';

const [url, size] = [process.argv[2], Number(process.argv[3])];
const socket = await open(url);

socket.send(textOf(size));
const text = await socket.next();
const bytes = bytesOf(size);
socket.send(bytes);
const binary = await socket.next();
const { code } = await close(socket);

say({
  text: { same: text.data.toString() === textOf(size), bytes: text.data.length, isBinary: text.isBinary },
  binary: { same: bytes.equals(binary.data), bytes: binary.data.length, isBinary: binary.isBinary },
  code,
});
