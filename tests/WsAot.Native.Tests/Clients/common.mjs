// What the scripts share. Each of them is told what to do by its arguments and ends with one line of JSON: its verdict.
import { once } from 'node:events';
import WebSocket from 'ws';

export const say = verdict => console.log(JSON.stringify(verdict));

// An open connection. Messages and the close are kept from the first moment on, so that nothing is missed between two awaits.
export async function open(url, options = {}) {
  const socket = new WebSocket(url, options);
  socket.closed = new Promise(resolve =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })));
  const inbox = [];
  const waiting = [];
  socket.on('message', (data, isBinary) => {
    const message = { data, isBinary };
    if (waiting.length > 0) waiting.shift()(message);
    else inbox.push(message);
  });
  socket.next = () => new Promise((resolve, reject) => {
    if (inbox.length > 0) return resolve(inbox.shift());
    waiting.push(resolve);
    socket.closed.then(({ code, reason }) => reject(new Error(`closed with ${code} ${reason} while a message was awaited`)));
  });
  await once(socket, 'open');
  socket.on('error', () => {});
  return socket;
}

export async function close(socket) {
  socket.close(1000);
  return socket.closed;
}

// Text of exactly so many bytes, with characters of one to four bytes wherever there is room for them.
export function textOf(bytes) {
  const pattern = 'aé€😀';
  const text = pattern.repeat(Math.floor(bytes / 10));
  return text + 'x'.repeat(bytes % 10);
}

// Bytes that repeat with a period that is no power of two, so that a block put in a wrong place shows.
export function bytesOf(count) {
  const bytes = Buffer.alloc(count);
  for (let i = 0; i < count; i++) bytes[i] = (i * 7 + (i >> 8)) % 251;
  return bytes;
}
