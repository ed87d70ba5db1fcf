"""Lines echoed over loopback TCP by an asyncio server; a hundred clients write and read at once."""
import asyncio
import sys

CLIENTS = 100


async def serve(reader, writer):
    while line := await reader.readline():
        writer.write(line[::-1].strip() + b"\n")
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def ask(port, number, lines):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    checked = 0
    for i in range(lines):
        text = b"client %d line %d" % (number, i)
        writer.write(text + b"\n")
        answer = await reader.readline()
        assert answer == text[::-1] + b"\n", answer
        checked += len(answer)
    writer.close()
    await writer.wait_closed()
    return checked


async def run(lines):
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        return await asyncio.gather(*(ask(port, number, lines) for number in range(CLIENTS)))


def main(lines):
    print(CLIENTS, lines, sum(asyncio.run(run(lines))))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
