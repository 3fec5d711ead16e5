// echo.mjs PORT [deflate]: every path echoes, and what comes to /chat/... goes to everybody there.
import { WebSocketServer } from 'ws';

const [port, deflate] = [Number(process.argv[2]), process.argv[3] === 'deflate'];
// What wsaot has with --compression shared: no context takeover, threshold 256, level 1.
const perMessageDeflate = deflate
  && { serverNoContextTakeover: true, clientNoContextTakeover: true, threshold: 256, zlibDeflateOptions: { level: 1 } };
const server = new WebSocketServer({ host: '127.0.0.1', port, backlog: 4096, perMessageDeflate });

server.on('listening', () => console.log(`listening on ws://127.0.0.1:${port}`));
server.on('connection', (socket, request) => {
  const isChat = request.url.startsWith('/chat/');
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (!isChat) socket.send(data, { binary: isBinary });
    else for (const client of server.clients) client.send(data, { binary: isBinary });
  });
});
