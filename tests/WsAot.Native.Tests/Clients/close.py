"""close.py URL CODE [REASON]: the client closes; the close that the server answers with."""
import asyncio
import sys

from common import open_connection, say


async def main(url, code, reason=""):
    async with open_connection(url) as socket:
        await socket.close(int(code), reason)
    say({"code": socket.close_rcvd.code, "reason": socket.close_rcvd.reason})


asyncio.run(main(*sys.argv[1:]))
