"""Blocks echoed over loopback TLS by an asyncio server to forty clients, each with a handshake of its own."""
import asyncio
import hashlib
import os
import ssl
import sys

CLIENTS = 40
KEYS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "modules", "_tls")


async def serve(reader, writer):
    while head := await reader.read(4):
        block = await reader.readexactly(int.from_bytes(head, "big"))
        writer.write(head + block)
        await writer.drain()
    writer.close()


async def ask(port, context, number, blocks):
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context,
                                                   server_hostname="localhost")
    digest = hashlib.sha256()
    for i in range(blocks):
        block = bytes([number, i % 256]) * (50 + 37 * i % 2000)
        writer.write(len(block).to_bytes(4, "big") + block)
        head = await reader.readexactly(4)
        back = await reader.readexactly(int.from_bytes(head, "big"))
        assert back == block
        digest.update(back)
    writer.close()
    await writer.wait_closed()
    return digest.hexdigest()


async def run(blocks):
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(os.path.join(KEYS, "server.pem"))
    client_side = ssl.create_default_context(cafile=os.path.join(KEYS, "ca.pem"))
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=server_side)
    async with server:
        port = server.sockets[0].getsockname()[1]
        return await asyncio.gather(*(ask(port, client_side, number, blocks) for number in range(CLIENTS)))


def main(blocks):
    digests = asyncio.run(run(blocks))
    assert len(set(digests)) == CLIENTS
    print(CLIENTS, blocks, hashlib.sha256("".join(digests).encode()).hexdigest())


main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
