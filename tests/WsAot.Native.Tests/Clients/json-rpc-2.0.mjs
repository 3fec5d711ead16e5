// json-rpc-2.0.mjs URL: the package json-rpc-2.0 over ws, both ways: it calls, notifies, sends a batch, streams, cancels and is asked back.
import jsonRpc from 'json-rpc-2.0';
import { close, open, say } from './common.mjs';

const { JSONRPCClient, JSONRPCServer, JSONRPCServerAndClient } = jsonRpc;
const [url] = process.argv.slice(2);

const errorOf = promise => promise.then(
  result => ({ result }),
  ({ code, message, data }) => ({ code, message, ...(data === undefined ? {} : { data }) }));

async function connect() {
  const socket = await open(url);
  const rpc = new JSONRPCServerAndClient(
    new JSONRPCServer(),
    new JSONRPCClient(request => socket.send(JSON.stringify(request))),
    { errorListener: () => {} });
  socket.on('message', data => rpc.receiveAndSend(JSON.parse(data.toString())));
  const heard = [];
  rpc.addMethod('Said', ([who, text]) => { heard.push(`${who}: ${text}`); });
  rpc.addMethod('AskName', () => 'Ann');
  return { socket, rpc, heard };
}

const [first, second] = [await connect(), await connect()];
const { rpc, heard } = first;

const verdict = {
  sum: await rpc.request('Sum', [[1, 2, 3]]),
  byName: await rpc.request('Divide', { divisor: 4, dividend: 1 }),
  byDefault: await rpc.request('Divide', { dividend: 7 }),
  errors: [
    await errorOf(rpc.request('Divide', [1, 0])),
    await errorOf(rpc.request('Multiply', [1, 0])),
    await errorOf(rpc.request('Sum', ['x'])),
    await errorOf(rpc.request('Sum', [])),
    await errorOf(rpc.request('Say', [{ who: null, text: 'x' }])),
    await errorOf(rpc.request('Say', [{ who: 'Ann' }])),
    await errorOf(rpc.request('Divide', [1e308, 1e-10])),
    await errorOf(rpc.request('Later', ['x', -5])),
    await errorOf(rpc.request('clock/ticks', [2, -5])),
  ],
};

// Both ways; what one shouts, the other hears too.
rpc.notify('Say', [{ who: 'Ann', text: 'only me' }]);
rpc.notify('Shout', { message: { who: 'Ann', text: 'caf\u00e9 \u{1f600}' } });
verdict.greeting = await rpc.request('Greet');
await second.rpc.request('Sum', [[]]);
verdict.heard = [heard, second.heard];

// A slow call does not hold up a quick one.
const order = [];
await Promise.all([
  rpc.request('Later', ['slow', 300]).then(text => order.push(text)),
  rpc.request('Sum', [[]]).then(() => order.push('quick')),
]);
verdict.order = order;

verdict.batch = await rpc.requestAdvanced([
  { jsonrpc: '2.0', method: 'Sum', params: [[1, 2]], id: 'a' },
  { jsonrpc: '2.0', method: 'Say', params: [{ who: 'Ann', text: 'in a batch' }] },
  { jsonrpc: '2.0', method: 'Later', params: ['b', 10], id: 'b' },
  { jsonrpc: '2.0', method: 'none', id: 'c' },
]);
verdict.inBatch = heard.at(-1);

// The items of a stream come as notifications under the id of the request.
const ticks = [];
rpc.addMethod('$/progress', ({ token, value }) => { ticks.push([token, value.number, !Number.isNaN(Date.parse(value.time))]); });
verdict.stream = (await rpc.requestAdvanced({ jsonrpc: '2.0', method: 'clock/ticks', params: [3, 1], id: 'ticks' })).result;
verdict.ticks = ticks.splice(0);

const endless = rpc.requestAdvanced({ jsonrpc: '2.0', method: 'clock/ticks', params: { count: 1_000_000, intervalMs: 1 }, id: 'endless' });
while (ticks.length < 3) await new Promise(resolve => setTimeout(resolve, 1));
rpc.notify('$/cancelRequest', { id: 'endless' });
verdict.cancelled = (await endless).error;

await close(first.socket);
await close(second.socket);
say(verdict);
