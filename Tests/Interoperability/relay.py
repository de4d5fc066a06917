"""A piece of network between a client and a server, which breaks when it is told to."""

from __future__ import annotations

import socket
import threading


class Relay:
    """Passes bytes on to a port. `limit`: after so many bytes from the server, a connection is cut; None: never. `recorded`: the last
    connection's bytes in their order, each piece with whether it is the server's.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.limit: int | None = None
        self.passed = 0
        self.recorded: list[tuple[bool, bytes]] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def stop(self) -> None:
        """Ends the thread that accepts connections."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client:
                try:
                    server = socket.create_connection(("127.0.0.1", self._target))
                except OSError:
                    continue
                with server:
                    self.recorded = []
                    upwards = threading.Thread(target=self._pass_on, args=(client, server, False))
                    upwards.start()
                    self._pass_on(server, client, True)
                    upwards.join()

    def _pass_on(self, source: socket.socket, sink: socket.socket, is_counted: bool) -> None:
        """Bytes in one direction until an end, or the limit; then neither direction goes on."""
        passed = 0
        try:
            while data := source.recv(16_384):
                if is_counted and self.limit is not None and passed + len(data) > self.limit:
                    break
                self.recorded.append((is_counted, data))
                sink.sendall(data)
                passed += len(data)
        except OSError:
            pass
        if is_counted:
            self.passed = passed
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
