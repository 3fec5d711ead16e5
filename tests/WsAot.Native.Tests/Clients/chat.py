"""chat.py URL ROOM...: two clients in each room take turns. What each client heard."""
import asyncio
import sys

from common import open_connection, say


async def main(url, rooms):
    clients = []
    for room in rooms:
        for member in range(2):
            socket = await open_connection(f"{url}/{room}")
            name = f"{room}/{member}"
            # Who hears a line of their own is in the room.
            await socket.send(f"hello {name}")
            while await socket.recv() != f"hello {name}":
                pass
            clients.append((room, name, socket, []))

    # The first of each room has still to hear the second one's greeting.
    for room, name, socket, _ in clients:
        if name.endswith("/0"):
            await socket.recv()

    for room, name, socket, _ in clients:
        await socket.send(f"turn {name}")
        for other, _, hearer, heard in clients:
            if other == room:
                heard.append(await hearer.recv())
    for _, _, socket, _ in clients:
        await socket.close()
    say({"clients": [{"room": room, "name": name, "inTurn": heard} for room, name, _, heard in clients]})


asyncio.run(main(sys.argv[1], sys.argv[2:]))
