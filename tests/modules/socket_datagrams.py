"""socket: datagrams and who sent them."""
import socket

with socket.socket(
        socket.AF_INET, socket.SOCK_DGRAM) as one, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two:
    one.bind(("127.0.0.1", 0))
    assert two.sendto(b"x" * 9, one.getsockname()) == 9
    data, peer = one.recvfrom(100)
    assert data == b"x" * 9 and peer[1] == two.getsockname()[1]
