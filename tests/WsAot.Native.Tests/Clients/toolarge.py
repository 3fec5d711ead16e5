"""toolarge.py URL BYTES: a message larger than the route takes; the close that the server sends."""
import asyncio
import sys

import websockets

from common import bytes_of, open_connection, say


async def main(url, size):
    async with open_connection(url) as socket:
        try:
            await socket.send(bytes_of(size))
            await socket.recv()
        except websockets.ConnectionClosed:
            pass
    say({"code": socket.close_code, "reason": socket.close_reason})


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
