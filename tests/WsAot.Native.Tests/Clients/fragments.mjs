// fragments.mjs URL: messages in fragments (empty ones too), with a ping between the fragments.
import { bytesOf, close, open, say, textOf } from './common.mjs';

const socket = await open(process.argv[2]);
const order = [];
socket.on('pong', payload => order.push('pong ' + payload.toString()));
socket.on('message', (data, isBinary) => order.push(isBinary ? 'binary' : 'text'));

// Cut inside characters: only the whole message has to be UTF-8 (RFC 6455 section 5.6).
const text = Buffer.from(textOf(1000));
const cuts = [0, 0, 1, 3, 4, 6, 9, 500, 500, 1000];
for (let i = 1; i < cuts.length; i++) {
  socket.send(text.subarray(cuts[i - 1], cuts[i]), { binary: false, fin: i === cuts.length - 1 });
  if (i === 5) socket.ping('between');
}
const backText = await socket.next();

const bytes = bytesOf(300_000);
for (let i = 0; i < 300; i++) {
  socket.send(bytes.subarray(i * 1000, (i + 1) * 1000), { binary: true, fin: i === 299 });
  if (i === 150) socket.ping('again');
}
const backBinary = await socket.next();
const { code } = await close(socket);

say({
  text: { same: text.equals(backText.data), isBinary: backText.isBinary },
  binary: { same: bytes.equals(backBinary.data), isBinary: backBinary.isBinary },
  order,
  code,
});
