"""The library's file: one SQLite database in the user's data directory, made, migrated, and set aside when damaged.

Many instances may use it at once: the journal is a write-ahead log and each change is one transaction.
"""

from __future__ import annotations

import errno
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import LibraryError
from alliance_tui.library.schema import MIGRATIONS, SCHEMA_VERSION

APPLICATION_ID = 0x414C5449
"""What marks the file as ours: "ALTI" (SQLite's application_id)."""


_PRIMARY = 0xFF  # the bits of a primary result code in an extended one (SQLite's "Result and Error Codes")


class UnusableLibraryError(LibraryError):
    """The file cannot serve; `reason` says which file and why, without what to do."""

    def __init__(self, reason: str, advice: str = "name another file with --library") -> None:
        self.reason = sanitise_line(reason)
        super().__init__(f"{self.reason}: {advice}")


class DamagedLibraryError(LibraryError):
    """The file was damaged and is set aside; a new one begins with the next use."""


def default_path() -> Path:
    """Where the library lives unless another file is named: in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("alliance-tui", appauthor=False) / "library.sqlite"


class LibraryFile:
    """The file at `path` (default: `default_path()`), which is made when it is first connected to.

    A damaged file is set aside under another name, never deleted; a file that was named and is another program's, or
    a later version's, is left as it is.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self._named = path is not None
        self.path = Path(path) if path is not None else default_path()

    def exists(self) -> bool:
        """Whether there is a file, and it can be seen."""
        return _identity(self.path) is not None

    @contextmanager
    def connection(self, wait: float) -> Iterator[sqlite3.Connection]:
        """A connection in autocommit mode that waits so many seconds for another instance's write to end.

        Raises UnusableError, and DamagedError after a damaged file has been set aside, also for what happens inside
        the `with`.
        """
        identity = _identity(self.path)
        try:
            with closing(self._connect(wait)) as db:
                yield db
        except BrokenPipeError:  # of what is printed meanwhile
            raise
        except (OSError, sqlite3.OperationalError) as error:
            if passing := _passing(self.path, error):
                raise passing from error
            raise UnusableLibraryError(f"{self.path} cannot be used ({error})") from error
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:  # a fault of the program, not of the file
                raise
            if self._named and not _is_ours(self.path):
                raise UnusableLibraryError(
                    f"{self.path} is not a library of alliance-tui and is left as it is"
                ) from error
            raise DamagedLibraryError(self._set_aside(identity, str(error))) from error

    def _connect(self, wait: float) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=wait, isolation_level=None)
        db.text_factory = partial(str, encoding="utf-8", errors="replace")  # a damaged row must not end a query
        try:
            db.execute("PRAGMA synchronous = NORMAL")  # safe with a write-ahead log
            self._prepare(db)
        except UnicodeDecodeError as error:  # sqlite3 fails so to quote a damaged schema
            db.close()
            raise sqlite3.DatabaseError("its schema is damaged") from error
        except BaseException:
            db.close()
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        """Make the schema in a new file, or lead an older one to it; refuse one that is not ours or is newer."""
        application, version = _marks(db)
        if application == APPLICATION_ID and version == SCHEMA_VERSION:
            return
        if application == APPLICATION_ID and version > SCHEMA_VERSION:
            raise UnusableLibraryError(f"{self.path} was made by a later version of alliance-tui")
        if application != APPLICATION_ID and db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            raise sqlite3.DatabaseError("a database of another program")
        with suppress(sqlite3.OperationalError):  # another instance is setting it at this moment
            db.execute("PRAGMA journal_mode = WAL")
        db.create_function("compressed", 1, zlib.compress, deterministic=True)
        with transaction(db):
            _, version = _marks(db)  # another instance may have been quicker
            for statements in MIGRATIONS[version:]:
                for statement in statements:
                    if isinstance(statement, str):
                        db.execute(statement)
                    else:
                        statement(db)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _set_aside(self, identity: tuple[int, int] | None, reason: str) -> str:
        """Rename the file, unless another instance did so meanwhile; what its log holds goes with it. Tells of it."""
        if _identity(self.path) != identity:
            return sanitise_line(f"{self.path} was damaged ({reason}) and another instance has set it aside")
        aside = backup_path(self.path)
        try:
            for suffix in ("-wal", "-shm", ""):
                with suppress(FileNotFoundError):
                    Path(f"{self.path}{suffix}").rename(f"{aside}{suffix}")
        except OSError as error:
            raise UnusableLibraryError(f"{self.path} is damaged and cannot be set aside ({error})") from error
        return sanitise_line(f"{self.path} could not be used ({reason}): it is kept as {aside.name}")


def is_corrupt(error: sqlite3.DatabaseError) -> bool:
    """Whether the error says that the file is damaged."""
    return _code(error) == sqlite3.SQLITE_CORRUPT


def backup_path(path: Path) -> Path:
    """Return a new name beside a damaged file under which it is kept."""
    return path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")


@contextmanager
def as_library_errors(path: Path) -> Iterator[None]:
    """Raise whatever goes wrong inside with the library at `path` as a LibraryError, which says it in one sentence."""
    try:
        yield
    except LibraryError:
        raise
    except Exception as error:
        raise LibraryError(_sentence(path, error)) from error


def _sentence(path: Path, error: Exception) -> str:
    """What went wrong with the library, and what to do."""
    if passing := _passing(path, error):
        return str(passing)
    code = _code(error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        what = f"is damaged: alliance-tui library check tells where ({error})"
    elif code or isinstance(error, OSError):
        what = f"cannot be used ({error})"
    else:  # most likely a row that is not as it was written
        what = f"could not be read: alliance-tui library check tells why ({type(error).__name__}: {error})"
    return sanitise_line(f"{path.name} {what}")


def _passing(path: Path, error: Exception) -> UnusableLibraryError | None:
    """The error to raise where nothing is wrong with the file and the same may be done later; else None."""
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UnusableLibraryError(f"{path.name} is locked by another process", "try again when that is done")
    if code == sqlite3.SQLITE_FULL or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return UnusableLibraryError(f"{path.name} cannot grow, the disk is full", "free some room")
    return None


def _code(error: Exception) -> int:
    """SQLite's primary result code; 0 where the error is not SQLite's own."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is done inside happens, or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        if db.in_transaction:  # SQLite itself rolls back on some errors
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _marks(db: sqlite3.Connection) -> tuple[int, int]:
    """The file's application_id and the version of its schema."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return application, version


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells the file from another one of its name; None where there is none, or it cannot be seen."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_ours(path: Path) -> bool:
    """Whether the file's header (SQLite's file format, 1.3) bears our mark."""
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError:
        return False
    return header.startswith(b"SQLite format 3\0") and header[68:] == APPLICATION_ID.to_bytes(4, "big")
