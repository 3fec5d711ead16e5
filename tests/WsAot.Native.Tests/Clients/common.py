"""What the scripts share. Each is told what to do by its arguments and ends with one line of JSON: its verdict."""
import json

import websockets


def say(verdict):
    print(json.dumps(verdict), flush=True)


def open_connection(url):
    """A connection without a limit on what it receives, and without pings of its own."""
    return websockets.connect(url, max_size=None, ping_interval=None)


def text_of(size):
    """Text of exactly so many bytes, with characters of one to four bytes wherever there is room for them."""
    return "aé€😀" * (size // 10) + "x" * (size % 10)


def bytes_of(size):
    """Bytes that repeat with a period that is no power of two, so that a block put in a wrong place shows."""
    return (bytes(range(251)) * (size // 251 + 1))[:size]
