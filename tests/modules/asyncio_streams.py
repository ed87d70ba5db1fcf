"""asyncio: streams over a socket, gather, a task group, a thread."""
import asyncio


async def handle(reader, writer):
    writer.write((await reader.readline())[::-1])
    await writer.drain()
    writer.close()


async def main():
    listener = await asyncio.start_server(handle, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*listener.sockets[0].getsockname())
    writer.write(b"abc\n")
    assert await reader.read() == b"\ncba"
    writer.close()
    listener.close()
    assert await asyncio.gather(*(asyncio.sleep(0.001, i) for i in range(5))) == [0, 1, 2, 3, 4]
    async with asyncio.TaskGroup() as group:
        task = group.create_task(asyncio.sleep(0, 7))
    return task.result() + await asyncio.to_thread(lambda: 5)


assert asyncio.run(main()) == 12
print("ok")
