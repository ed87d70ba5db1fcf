"""socket: addresses as bytes and as text, and which are refused."""
import socket

from _case import error

assert socket.inet_aton("1.2.3.4") == b"\1\2\3\4" and socket.inet_ntoa(b"\1\2\3\4") == "1.2.3.4"
assert socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, "::1")) == "::1"
assert socket.ntohl(socket.htonl(77)) == 77 and socket.htons(1) == 256
assert socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM) == [
    (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", 80))]
assert error(socket.socket().connect, "x") == "TypeError: connect(): AF_INET address must be tuple, not str"
assert error(socket.socket().bind, ("", 70000)) == "OverflowError: bind(): port must be 0-65535."
assert error(socket.getaddrinfo, "127.0.0.1", "\ud800").startswith("UnicodeEncodeError: 'utf-8' codec can't encode")
