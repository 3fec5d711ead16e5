// rpc-websockets.mjs URL: the package rpc-websockets. It calls, notifies and hears notifications as events; it has no batches and cannot
// be asked back. Its own conventions (rpc.on, rpc.login, __listMethods) are methods that this server does not have.
import { once } from 'node:events';
import { Client } from 'rpc-websockets';
import { say } from './common.mjs';

const [url] = process.argv.slice(2);
const client = new Client(url, { reconnect: false });
await once(client, 'open');

const errorOf = promise => promise.then(result => ({ result }), ({ code, message, data }) => ({ code, message, ...(data === undefined ? {} : { data }) }));

const heard = [];
client.on('Said', params => heard.push(params));
const ticks = [];
client.on('$/progress', ({ token, value }) => ticks.push([token, value.number]));

const verdict = {
  sum: await client.call('Sum', [[1, 2, 3]]),
  byName: await client.call('Divide', { divisor: 4, dividend: 1 }),
  errors: [
    await errorOf(client.call('Divide', [1, 0])),
    await errorOf(client.call('none')),
    await errorOf(client.call('Sum', { number: 1 })),
    await errorOf(client.subscribe('event')),
    await errorOf(client.listMethods()),
  ],
};

await client.notify('Say', [{ who: 'Ann', text: 'x' }]);
verdict.stream = await client.call('clock/ticks', [2, 1]);
verdict.together = await Promise.all([client.call('Later', ['a', 30]), client.call('Later', ['b', 1]), client.call('Sum', [[5]])]);

// The server asks back while calls of this client are pending; its id is none of theirs.
const asked = once(client, 'AskName');
const greeting = client.call('Greet');
const later = client.call('Later', ['undisturbed', 50]);
await asked;
verdict.undisturbed = await later;
// The answer that the package has no call for.
greeting.catch(() => {});
Object.assign(verdict, { heard, ticks });

client.close();
const [code] = await once(client, 'close');
verdict.closed = code;
say(verdict);
