"""fragments.py URL: messages in fragments, with a ping between the fragments."""
import asyncio
import sys

from common import bytes_of, open_connection, say, text_of


async def main(url):
    order = []
    async with open_connection(url) as socket:

        async def fragments(parts):
            """Sends a ping once the second fragment is out, and waits for its pong while the message is still open."""
            for index, part in enumerate(parts):
                if index == 2:
                    await (await socket.ping(b"between"))
                    order.append("pong")
                yield part

        text = text_of(1000)
        await socket.send(fragments([text[:10], text[10:11], "", text[11:]]))
        back_text = await socket.recv()
        order.append("text")
        data = bytes_of(300_000)
        await socket.send(fragments([data[i:i + 1000] for i in range(0, len(data), 1000)]))
        back_binary = await socket.recv()
        order.append("binary")
    say({
        "text": {"same": back_text == text, "isBinary": isinstance(back_text, bytes)},
        "binary": {"same": back_binary == data, "isBinary": isinstance(back_binary, bytes)},
        "order": order,
        "code": socket.close_code,
    })


asyncio.run(main(sys.argv[1]))
