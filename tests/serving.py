"""Servers in a thread of this process."""

import socket
from contextlib import suppress
from socketserver import BaseServer


def stop(server: BaseServer) -> None:
    """Stop a server that serves forever, without waiting for it to look whether it shall."""
    with suppress(OSError):
        server.socket.shutdown(socket.SHUT_RDWR)
    server.shutdown()
    server.server_close()
