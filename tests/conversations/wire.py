"""A wire between the bot and its database that a test can cut and mend."""

import asyncio
import contextlib
from types import TracebackType
from typing import Self

from sqlalchemy import make_url


class Wire:
    """Passes bytes on to a database server while it is whole; cut, it loses every connection and refuses new ones."""

    def __init__(self, database_url: str) -> None:
        self._target = make_url(database_url)
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_cut = False
        self._refusals = asyncio.Semaphore(0)

    @property
    def url(self) -> str:
        """The database's URL through the wire."""
        host, port = self._server.sockets[0].getsockname()[:2]
        return self._target.set(host=host, port=port).render_as_string(hide_password=False)

    def cut(self) -> None:
        """Lose every connection, and refuse the next ones."""
        self._is_cut = True
        for writer in self._writers:
            writer.transport.abort()

    def mend(self) -> None:
        """Let connections through again."""
        self._is_cut = False

    async def refuses(self, how_many: int) -> None:
        """Wait until as many connections have been refused."""
        async with asyncio.timeout(20):
            for _ in range(how_many):
                await self._refusals.acquire()

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening, and lose every connection."""
        self._server.close()
        self.cut()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            self._refusals.release()
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection(self._target.host, self._target.port)
        self._writers |= {writer, back}
        try:
            await asyncio.gather(_pass_on(reader, back), _pass_on(there, writer))
        finally:
            for each in (writer, back):
                self._writers.discard(each)
                each.transport.abort()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.transport.abort()
