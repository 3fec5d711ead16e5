// chat.mjs URL ROOM... : three clients in each room say 20 lines each, all at once; then they take turns.
// What each client heard, by room: the lines of the first part, and those of the second.
import { close, open, say } from './common.mjs';

const [url, ...rooms] = process.argv.slice(2);
const [members, lines] = [3, 20];

const clients = [];
for (const room of rooms) {
  for (let member = 0; member < members; member++) {
    clients.push({ room, name: `${room}/${member}`, socket: await open(`${url}/${room}`) });
  }
}

// One is in the room when one hears oneself: a line of one's own that came back was published after the subscription.
for (const client of clients) {
  client.socket.send(`hello ${client.name}`);
  while ((await client.socket.next()).data.toString() !== `hello ${client.name}`);
}
// Greetings of those who came later are still on their way; everybody waits until the last of the room has been heard.
for (const client of clients) {
  const last = `hello ${client.room}/${members - 1}`;
  if (client.name !== last.slice(6)) while ((await client.socket.next()).data.toString() !== last);
}

for (let line = 0; line < lines; line++) {
  for (const { name, socket } of clients) socket.send(`${name} ${line}`);
}
for (const client of clients) {
  client.atOnce = [];
  for (let i = 0; i < members * lines; i++) client.atOnce.push((await client.socket.next()).data.toString());
}

for (const client of clients) client.inTurn = [];
for (const speaker of clients) {
  speaker.socket.send(`turn ${speaker.name}`);
  for (const hearer of clients.filter(client => client.room === speaker.room)) {
    hearer.inTurn.push((await hearer.socket.next()).data.toString());
  }
}

for (const { socket } of clients) await close(socket);
say({ members, lines, clients: clients.map(({ room, name, atOnce, inTurn }) => ({ room, name, atOnce, inTurn })) });
