"""The library's file: one SQLite database, created, migrated, and set aside when it is damaged.

Several instances may use it at once: the journal is a write-ahead log and each change is one transaction.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from operator import methodcaller
from pathlib import Path

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import LibraryError
from alliance_tui.library.storage.schema import SCHEMA_VERSION
from alliance_tui.library.storage.sqlite import connect, is_locked, result_code, transaction

APPLICATION_ID = 0x414C5449
"""SQLite's application_id of a library: "ALTI"."""
_CODES_OF_UNWRITABLE_FILES = (
    sqlite3.SQLITE_READONLY,
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),  # of the files beside it
)

_TAKE_OVER_TIMEOUT = 30.0  # seconds to wait for another instance that uses the new file already


class UnusableLibraryError(LibraryError):
    """The file cannot be used; `reason` says which file and why, without the advice."""

    def __init__(self, reason: str, advice: str = "name another file with --library") -> None:
        self.reason = sanitise_line(reason)
        super().__init__(f"{self.reason}: {advice}")


class LockedLibraryError(UnusableLibraryError):
    """Another process holds the file; a later attempt may succeed."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} is locked by another process", "try again when that is done")


class DamagedLibraryError(LibraryError):
    """The file was damaged and has been set aside; the next use makes a new one."""


def default_path() -> Path:
    """Return the path of the user's own library, in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("alliance-tui", appauthor=False) / "library.sqlite"


class LibraryFile:
    """The file at `path` (default: `default_path()`), which is made by the first connection.

    A damaged file is renamed, never deleted. A file at an explicit path is left alone if it is another program's, and
    any file if a later version made it. `on_wait` is called with a sentence while another process holds the file.
    """

    def __init__(self, path: Path | str | None = None, on_wait: Callable[[str], None] = lambda _: None) -> None:
        self._is_explicit = path is not None
        self._on_wait = on_wait
        self.path = Path(path) if path is not None else default_path()

    def exists(self) -> bool:
        """Whether there is a file, and it is visible."""
        return _file_id(self.path) is not None

    def has_rows(self, table: str, lock_timeout: float) -> bool:
        """Whether there is a file, and anything in this table of it. Raises LibraryError as `connection` does.

        It needs nothing else of the library, so that a start need not load that.
        """
        if not self.exists():
            return False
        with self.connection(lock_timeout) as db:
            return db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None

    @contextmanager
    def connection(self, lock_timeout: float) -> Iterator[sqlite3.Connection]:
        """Connect in autocommit mode; wait `lock_timeout` seconds for another instance's write.

        A file that cannot be written is opened for reading. Raises UnusableLibraryError, or DamagedLibraryError after a
        damaged file has been set aside; also for errors inside the `with`.
        """
        file_id = _file_id(self.path)
        try:
            with closing(self._connect(lock_timeout)) as db:
                yield db
        except BrokenPipeError:  # of output that is printed inside the `with`
            raise
        except (OSError, sqlite3.OperationalError) as error:
            if transient := _transient_error(self.path, error):
                raise transient from error
            raise UnusableLibraryError(f"{self.path} cannot be used ({_reason(error)})") from error
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:  # an error of the program, not of the file
                raise
            if self._is_explicit and not _has_application_id(self.path):
                reason = f"{self.path} is not a library of alliance-tui and is left as it is"
                raise UnusableLibraryError(reason) from error
            raise DamagedLibraryError(self._set_aside(file_id, str(error))) from error

    def _connect(self, lock_timeout: float) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.exists():
            with suppress(OSError):  # SQLite will say why
                os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
        elif not self.path.is_file():  # SQLite would wait for a pipe
            raise UnusableLibraryError(f"{self.path} is a folder, a device or a pipe")
        uri = self.path.absolute().as_uri()
        try:
            return self._open(uri, lock_timeout)
        except sqlite3.OperationalError as error:
            if result_code(error) not in _CODES_OF_UNWRITABLE_FILES:
                raise
            for mode in self._reading_modes():
                with suppress(sqlite3.OperationalError):
                    return self._open(f"{uri}?{mode}", lock_timeout)
            raise

    def _reading_modes(self) -> Iterator[str]:
        """Yield the parameters of SQLite's URI by which a file is read that cannot be written, nor any beside it."""
        yield "mode=ro"
        log = Path(f"{self.path}-wal")
        if not log.exists() or not log.stat().st_size:  # else the latest changes are in it
            yield "immutable=1"

    def _open(self, uri: str, lock_timeout: float) -> sqlite3.Connection:
        notice = f"{self.path.name} is held by another process: waiting for it (Ctrl+C gives up)"
        db = connect(uri, lock_timeout, lambda: self._on_wait(notice))
        db.text_factory = methodcaller("decode", "utf-8", "replace")  # a damaged row must not end a query
        try:
            db.execute("PRAGMA synchronous = NORMAL")  # safe with a write-ahead log
            self._prepare(db)
        except UnicodeDecodeError as error:  # sqlite3 fails to quote a damaged schema in its error
            db.close()
            raise sqlite3.DatabaseError("its schema is damaged") from error
        except BaseException:
            db.close()
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        """Create or migrate the schema; reject another program's database and a later version's."""
        application, version = _application_and_version(db)
        if application == APPLICATION_ID and version == SCHEMA_VERSION:
            return
        if application == APPLICATION_ID and version > SCHEMA_VERSION:
            raise UnusableLibraryError(f"{self.path} was made by a later version of alliance-tui")
        if application == APPLICATION_ID and version < 1:
            raise UnusableLibraryError(f"{self.path} is damaged, its version is lost", "restore it from a copy")
        if application != APPLICATION_ID and _is_of_another_program(db):
            raise sqlite3.DatabaseError("a database of another program")
        from alliance_tui.library.storage.migrations import migrate  # rarely needed, and it loads the index

        with suppress(sqlite3.OperationalError):  # another instance is setting it at this moment
            db.execute("PRAGMA journal_mode = WAL")
        db.create_function("compressed", 1, zlib.compress, deterministic=True)
        with transaction(db):
            _, version = _application_and_version(db)  # another instance may have migrated it meanwhile
            migrate(db, version)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _set_aside(self, file_id: tuple[int, int] | None, reason: str) -> str:
        """Rename the file and its log, unless another instance has done so; return a sentence for the reader."""
        if _file_id(self.path) != file_id:
            return sanitise_line(f"{self.path} was damaged ({reason}) and another instance has set it aside")
        backup = backup_path(self.path)
        try:
            for suffix in ("-wal", "-shm", ""):
                with suppress(FileNotFoundError):
                    Path(f"{self.path}{suffix}").rename(f"{backup}{suffix}")
        except OSError as error:
            reason = f"{self.path} is damaged and cannot be set aside ({_reason(error)})"
            raise UnusableLibraryError(reason) from error
        self._take_over_reader_s_work(backup)
        return sanitise_line(f"{self.path} could not be used ({reason}): it is kept as {backup.name}")

    def _take_over_reader_s_work(self, backup: Path) -> None:
        """Copy what can be read of the damaged file's review log and saved searches to a new file."""
        rows = {
            table: _readable_rows(backup, f"SELECT {columns} FROM {table} ORDER BY {order}")
            for table, columns, order in _READER_S_WORK
        }
        if any(rows.values()):
            with closing(self._connect(_TAKE_OVER_TIMEOUT)) as db, transaction(db):
                for table, columns, _ in _READER_S_WORK:
                    placeholders = ", ".join("?" * (columns.count(",") + 1))
                    statement = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({placeholders})"
                    db.executemany(statement, rows[table])


_READER_S_WORK = (
    ("review_log", "id, document, place, everywhere, entry", "number"),
    ("searches", "name, query", "name"),
)
"""The tables of what cannot be made again from the documents, with their columns and an order."""


def _readable_rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query that stand before any damage."""
    rows: list[tuple[object, ...]] = []
    with suppress(sqlite3.Error, OSError, UnicodeDecodeError), closing(sqlite3.connect(path)) as damaged:
        for row in damaged.execute(query):
            rows.append(row)  # noqa: PERF402 - those before the damage are kept
    return rows


def backup_path(path: Path) -> Path:
    """Return a new path beside a damaged file, for the file itself or a copy of it."""
    return path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")


@contextmanager
def as_library_errors(path: Path) -> Iterator[None]:
    """Convert any error inside the `with` to a LibraryError: one sentence that names the library's file.

    For work on a connection that stays open, whose file cannot be set aside as by `LibraryFile.connection`.
    """
    try:
        yield
    except LibraryError:
        raise
    except Exception as error:
        raise _transient_error(path, error) or LibraryError(_error_message(path, error)) from error


def _error_message(path: Path, error: Exception) -> str:
    code = result_code(error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        message = f"is damaged: alliance-tui library check tells where ({error})"
    elif code or isinstance(error, OSError):
        message = f"cannot be used ({_reason(error)})"
    else:  # most likely a damaged row
        message = "could not be read: alliance-tui library check tells why"
    return sanitise_line(f"{path.name} {message}")


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _transient_error(path: Path, error: Exception) -> UnusableLibraryError | None:
    """Return the error to raise if the file is sound and a later attempt may succeed; else None."""
    code = result_code(error)
    if is_locked(error):
        return LockedLibraryError(path)
    if code == sqlite3.SQLITE_FULL or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return UnusableLibraryError(f"{path.name} cannot grow, the disk is full", "free some room")
    if code == sqlite3.SQLITE_READONLY:
        return UnusableLibraryError(f"{path.name} cannot be written", "change its permissions or its folder's")
    return None


def _application_and_version(db: sqlite3.Connection) -> tuple[int, int]:
    """Return the database's application_id and schema version."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return application, version


def _is_of_another_program(db: sqlite3.Connection) -> bool:
    """Whether it has a schema and is still no library, which another instance may have made of it meanwhile."""
    has_schema = db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None
    return has_schema and _application_and_version(db)[0] != APPLICATION_ID


def _file_id(path: Path) -> tuple[int, int] | None:
    """Return the device and inode of a file; None if there is none, or it is not visible."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _has_application_id(path: Path) -> bool:
    """Whether the file's header (SQLite's file format, 1.3) has our application_id."""
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError:
        return False
    return header.startswith(b"SQLite format 3\0") and header[68:] == APPLICATION_ID.to_bytes(4, "big")
