# modes: reference cold warm miss eager switch asan
"""A thousand connections on loopback at once: all are open before the first is answered, each echoes several
messages and is closed, through streams and through protocols."""
import asyncio
import resource

COUNT = 1000
ROUNDS = 3


async def answer(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


class Echo(asyncio.Protocol):
    open_now = most = 0

    def connection_made(self, transport):
        self.transport = transport
        Echo.open_now += 1
        Echo.most = max(Echo.most, Echo.open_now)

    def data_received(self, data):
        self.transport.write(data.upper())

    def connection_lost(self, error):
        assert error is None
        Echo.open_now -= 1


async def ask(number, address, all_open, ready):
    reader, writer = await asyncio.open_connection(*address)
    all_open.append(writer)
    if len(all_open) == COUNT:
        ready.set()
    await ready.wait()
    for n in range(ROUNDS):
        writer.write(b"message %d of %d\n" % (n, number))
        await writer.drain()
        assert await reader.readline() == b"MESSAGE %d OF %d\n" % (n, number)
    writer.close()
    await writer.wait_closed()
    return number


async def hold_all(server):
    address = server.sockets[0].getsockname()[:2]
    all_open, ready = [], asyncio.Event()
    async with server:
        answers = await asyncio.gather(*(ask(n, address, all_open, ready) for n in range(COUNT)))
    await server.wait_closed()
    assert answers == list(range(COUNT)) and len(all_open) == COUNT


async def main():
    await hold_all(await asyncio.start_server(answer, "127.0.0.1", 0, backlog=COUNT))
    loop = asyncio.get_running_loop()
    await hold_all(await loop.create_server(Echo, "127.0.0.1", 0, backlog=COUNT))
    while Echo.open_now:
        await asyncio.sleep(0.01)
    assert Echo.most == COUNT


soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 2 * COUNT + 100)), hard))
asyncio.run(asyncio.wait_for(main(), 120))
