// echo.mjs PORT [deflate]: every path echoes; but what comes to /chat/... goes to everybody there, and what comes to /rpc is called.
import { WebSocketServer } from 'ws';

const [port, deflate] = [Number(process.argv[2]), process.argv[3] === 'deflate'];
// What wsaot has with --compression shared: no context takeover, threshold 256, level 1.
const perMessageDeflate = deflate
  && { serverNoContextTakeover: true, clientNoContextTakeover: true, threshold: 256, zlibDeflateOptions: { level: 1 } };
const server = new WebSocketServer({ host: '127.0.0.1', port, backlog: 4096, perMessageDeflate });

const methods = { Sum: (numbers) => numbers.reduce((sum, number) => sum + number, 0) };

// What JSON-RPC 2.0 asks of a server whose clients make no mistakes.
function call(data) {
  const { method, params, id } = JSON.parse(data);
  return JSON.stringify({ jsonrpc: '2.0', result: methods[method](...params), id });
}

server.on('listening', () => console.log(`listening on ws://127.0.0.1:${port}`));
server.on('connection', (socket, request) => {
  const isChat = request.url.startsWith('/chat/');
  const isRpc = request.url === '/rpc';
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (isRpc) socket.send(call(data));
    else if (!isChat) socket.send(data, { binary: isBinary });
    else for (const client of server.clients) client.send(data, { binary: isBinary });
  });
});
