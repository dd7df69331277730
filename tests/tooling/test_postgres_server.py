import asyncio
from collections.abc import Iterator

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from tests.postgres_server import (
    SERVER_VARIABLE,
    PostgresUnavailableError,
    driver_url,
    postgres_server,
    temporary_database,
)
from tests.tooling.postgres_probe import is_running, query, server_folder, server_process


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server is started for the test, also where the other tests' databases are elsewhere."""
    monkeypatch.delenv(SERVER_VARIABLE, raising=False)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv(SERVER_VARIABLE, raising=False)
        with postgres_server() as url:
            yield url


class TestServer:
    def test_listens_on_loopback_alone_and_lets_us_in_as_superuser(self, server: str) -> None:
        assert query(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is True
        assert query(server, "SHOW listen_addresses") == "127.0.0.1"
        assert query(server, "SHOW unix_socket_directories") == ""

    def test_trades_durability_for_speed(self, server: str) -> None:
        assert (query(server, "SHOW fsync"), query(server, "SHOW synchronous_commit")) == ("off", "off")

    def test_sorts_and_folds_the_same_way_on_every_machine(self, server: str) -> None:
        assert query(server, "SELECT lower('ÉCOLE')") == "école"
        assert query(server, "SELECT datlocale FROM pg_database WHERE datname = current_database()") == "C.UTF-8"

    def test_leaves_neither_process_nor_folder(self, own_server: None) -> None:
        with postgres_server() as url:
            folder = server_folder(url)
            process_id = server_process(folder)
        assert not folder.exists()
        assert not is_running(process_id)

    def test_stops_when_the_work_with_it_fails(self, own_server: None) -> None:
        folders = []

        def fail() -> None:
            with postgres_server() as url:
                folders.append(server_folder(url))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert [folder.exists() for folder in folders] == [False]

    def test_keeps_every_promise_of_a_commit_where_asked(self, own_server: None) -> None:
        with postgres_server(durable=True, settings=["work_mem=7MB"]) as url:
            shown = [query(url, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "work_mem")]
            folder = server_folder(url)
        assert shown == ["on", "on", "7MB"]
        assert not folder.is_relative_to("/dev/shm")

    def test_says_why_it_cannot_start(self, own_server: None) -> None:
        server = postgres_server(settings=["no_such_setting=1"])
        with pytest.raises(PostgresUnavailableError, match="no_such_setting"), server:
            pytest.fail("it started")

    def test_is_the_one_that_the_environment_names(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(SERVER_VARIABLE, "postgresql+asyncpg://me:secret@db.example/postgres")
        with postgres_server() as url:
            assert url == "postgresql+asyncpg://me:secret@db.example/postgres"


class TestTemporaryDatabase:
    def test_copies_its_template(self, server: str) -> None:
        with temporary_database(server) as template:
            query(template, "CREATE TABLE seat (number int)")
            with temporary_database(server, template=make_url(template).database) as copy:
                assert query(copy, "SELECT count(*) FROM seat") == 0

    def test_goes_although_somebody_is_connected(self, server: str) -> None:
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
            with temporary_database(server) as url:
                connection = runner.run(asyncpg.connect(driver_url(make_url(url))))
            with pytest.raises(asyncpg.PostgresError):
                runner.run(connection.fetchval("SELECT 1"))
            runner.run(connection.close())
        assert query(server, "SELECT count(*) FROM pg_database WHERE datname LIKE 'rollcall_test_%'") == 0

    def test_keeps_the_password_of_the_server_that_it_is_made_on(self, server: str) -> None:
        with_password = make_url(server).set(password="secret").render_as_string(hide_password=False)
        with temporary_database(with_password) as url:
            assert make_url(url).password == "secret"
