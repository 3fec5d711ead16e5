"""ping.py URL: pings with payloads of 0, 1 and 125 bytes; whether the pong that has the payload of each came."""
import asyncio
import sys

from common import bytes_of, open_connection, say


async def main(url):
    answered = []
    async with open_connection(url) as socket:
        for size in (0, 1, 125):
            # The library resolves the waiter of a ping when a pong with the same payload comes.
            await (await socket.ping(bytes_of(size)))
            answered.append(size)
    say({"answered": answered})


asyncio.run(main(sys.argv[1]))
