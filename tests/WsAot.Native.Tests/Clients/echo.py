"""echo.py URL BYTES: a text and a binary message of that size, each compared with what comes back."""
import asyncio
import sys

from common import bytes_of, open_connection, say, text_of


async def main(url, size):
    verdict = {}
    async with open_connection(url) as socket:
        for kind, message in (("text", text_of(size)), ("binary", bytes_of(size))):
            await socket.send(message)
            back = await socket.recv()
            verdict[kind] = {
                "same": back == message,
                "bytes": len(back if isinstance(back, bytes) else back.encode()),
                "isBinary": isinstance(back, bytes),
            }
    verdict["code"] = socket.close_code
    say(verdict)


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
