"""Analysis on a Dask cluster: a real scheduler and workers as processes on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed")
import numpy  # noqa: F401 - its threads are counted
from threadpoolctl import threadpool_info, threadpool_limits

from alliance_tui.cli.backends.dask_cluster import DaskCluster
from alliance_tui.cli.backends.extraction_pool import ExtractionPool
from alliance_tui.cli.backends.extraction_tasks import extract_from_path, worker_extractor
from alliance_tui.documents import read
from alliance_tui.documents.limits import DEFAULT_LIMITS
from alliance_tui.errors import ClusterError, ExtractionError, UsageError
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.library.store import open_library
from alliance_tui.records import Analysis, Document
from tests.support.dask_cluster import DaskProcesses

COMMAND = [sys.executable, "-m", "alliance_tui"]
ENGLISH = "Norland and Westmark agreed on Monday that {} will host the talks on fisheries by 2031.\n"


def analyse(document: Document, model: str | None) -> Analysis:
    """Stand in for the extraction: crash or take a while, as the text says."""
    if document.text == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return Analysis(document, (), (), extractor_version(), model_version(model))


def documents(count: int) -> list[Document]:
    return [Document.from_text(f"text {number}", title=f"title {number}") for number in range(count)]


def backend_of(dask: DaskProcesses, *, worker_timeout: float = 120, patience: float = 60) -> DaskCluster:
    return DaskCluster(
        dask.address, None, lambda _: None, connect_timeout=5, worker_timeout=worker_timeout, patience=patience
    )


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[DaskProcesses]:
    """A scheduler with one worker."""
    with DaskProcesses(tmp_path) as processes:
        processes.start_worker()
        yield processes


def test_documents_come_back_in_order_and_workers_are_counted(dask: DaskProcesses) -> None:
    with ExtractionPool(backend_of(dask), None, analyse) as pool:
        pending = [pool.submit(document) for document in documents(20)]
        assert [wait().document.title for wait in pending] == [f"title {number}" for number in range(20)]
        assert pool.backend.count_workers() == 1


def test_killed_workers_cost_no_document(dask: DaskProcesses) -> None:
    with ExtractionPool(backend_of(dask), None, analyse) as pool:
        pending = [pool.submit(document) for document in documents(60)]
        titles = [wait().document.title for wait in pending[:5]]
        for _ in range(3):
            dask.start_worker()
            dask.kill_worker(dask.workers[0])
            titles.append(pending[len(titles)]().document.title)
        titles += [wait().document.title for wait in pending[len(titles) :]]
    assert titles == [f"title {number}" for number in range(60)]


def test_a_cluster_without_workers_is_waited_for_and_says_so_once(dask: DaskProcesses) -> None:
    notices: list[str] = []

    def on_notice(notice: str) -> None:
        notices.append(notice)
        dask.start_worker()

    backend = DaskCluster(dask.address, None, on_notice, worker_timeout=120, notice_after=0)
    with ExtractionPool(backend, None, analyse) as pool:
        dask.kill_worker(dask.workers[0])
        pending = [pool.submit(document) for document in documents(3)]
        assert [wait().document.title for wait in pending] == ["title 0", "title 1", "title 2"]
    assert notices == [
        f"no worker is left at {dask.address}: waiting for one (start some with “dask worker {dask.address} "
        "--nthreads 1”, or press Ctrl+C to end this)"
    ]


def test_a_document_that_crashes_its_worker_costs_itself_only(dask: DaskProcesses) -> None:
    crash = Document.from_text("crash", title="crash")
    with ExtractionPool(backend_of(dask), None, analyse) as pool:
        pending = [pool.submit(document) for document in (*documents(3), crash)]
        dask.start_worker()  # before the wait: the document that crashes may be the first of the worker's tasks
        assert [wait().document.title for wait in pending[:3]] == ["title 0", "title 1", "title 2"]
        with pytest.raises(ExtractionError, match="crashed the extraction"):
            pending[3]()
        assert pool.submit(documents(1)[0])().document.title == "title 0"


def test_a_scheduler_that_comes_back_costs_no_document(dask: DaskProcesses) -> None:
    notices: list[str] = []
    with ExtractionPool(DaskCluster(dask.address, None, notices.append, worker_timeout=120), None, analyse) as pool:
        pending = [pool.submit(document) for document in documents(40)]
        titles = [pending[0]().document.title]
        dask.kill_scheduler()
        dask.start_scheduler()
        dask.start_worker()
        titles += [wait().document.title for wait in pending[1:]]
    assert titles == [f"title {number}" for number in range(40)]
    assert notices == [f"the scheduler at {dask.address} is gone: waiting 60 seconds for it"]


def test_a_scheduler_that_stays_away_is_one_error(dask: DaskProcesses) -> None:
    with ExtractionPool(backend_of(dask, patience=1), None, analyse) as pool:
        pending = [pool.submit(document) for document in documents(40)]
        dask.kill_scheduler()
        with pytest.raises(ClusterError, match="no scheduler answers at tcp://127"):
            [wait() for wait in pending]


def test_a_scheduler_without_a_worker_says_how_to_start_one(dask: DaskProcesses) -> None:
    dask.kill_worker(dask.workers[0])
    with pytest.raises(ClusterError, match="has no worker: start some with “dask worker"):
        ExtractionPool(backend_of(dask, worker_timeout=2), None, analyse)


@pytest.mark.parametrize("address", ["local", "local:", "local:0", "nothing://at.all"])
def test_a_wrong_address_is_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError, match="local:"):
        ExtractionPool(DaskCluster(address, None, print), None, analyse)


def own_lexicon(folder: Path) -> dict[str, str]:
    """Return the environment of a user with a lexicon of their own, which gives the extractor another version."""
    environment = {"XDG_CONFIG_HOME": str(folder / "config")}
    done = subprocess.run(
        [*COMMAND, "lexicon", "path"], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    lexicons = Path(done.stdout.splitlines()[0])
    lexicons.mkdir(parents=True)
    (lexicons / "organisations.toml").write_text("[organisations]\n'Harbour Authority of Norland' = ['HAN']\n")
    return environment


def test_a_worker_of_another_version_is_refused(dask: DaskProcesses, tmp_path: Path) -> None:
    dask.start_worker(own_lexicon(tmp_path))
    dask.kill_worker(dask.workers[0])
    message = (
        rf"worker tcp://127.0.0.1:\d+ has extractor .* this machine {extractor_version()} with {model_version(None)}"
    )
    with pytest.raises(ClusterError, match=message):
        ExtractionPool(backend_of(dask), None, analyse)


def test_records_of_a_worker_that_joins_with_another_version_are_refused(dask: DaskProcesses, tmp_path: Path) -> None:
    with ExtractionPool(backend_of(dask), None, analyse) as pool:
        assert pool.submit(documents(1)[0])().document.title == "title 0"
        dask.start_worker(own_lexicon(tmp_path))
        dask.kill_worker(dask.workers[0])
        with pytest.raises(ClusterError, match="a worker has extractor"):
            pool.submit(documents(1)[0])()


@pytest.mark.model
def test_a_worker_reads_a_shared_path_itself_only_if_it_is_the_same_text(tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_text(ENGLISH.format("Norland"))
    document = read(path)
    stub = Document(text="", sha256=document.sha256, title="From the sidecar", path=str(path), date="2029-03-04")
    analysis = extract_from_path(stub, str(path), None, DEFAULT_LIMITS, False)
    assert analysis
    assert analysis.document.text == document.text
    assert (analysis.document.title, analysis.document.date) == ("From the sidecar", "2029-03-04")
    path.write_text("Another text.")
    assert extract_from_path(stub, str(path), None, DEFAULT_LIMITS, False) is None
    path.unlink()
    assert extract_from_path(stub, str(path), None, DEFAULT_LIMITS, False) is None


def test_a_file_that_workers_do_not_see_is_sent(dask: DaskProcesses, tmp_path: Path) -> None:
    document = Document.from_text("text", title="title", path=str(tmp_path / "on the client only.txt"))
    with ExtractionPool(backend_of(dask), None, analyse, shared_path=True) as pool:
        assert pool.submit(document)().document == document


def test_a_worker_computes_in_one_thread_though_numpy_was_there_before() -> None:
    threadpool_limits(2)
    assert 2 in {each["num_threads"] for each in threadpool_info()}
    worker_extractor("a model that is never loaded", DEFAULT_LIMITS, False)
    assert {each["num_threads"] for each in threadpool_info()} == {1}


def library(folder: Path, name: str, *arguments: str | Path) -> list[str]:
    """Return the command on the library of this name."""
    return [*COMMAND, "library", *map(str, arguments), "--library", str(folder / f"{name}.sqlite")]


@pytest.mark.model
def test_a_library_is_the_same_as_one_added_here_even_if_clients_and_workers_are_killed(
    dask: DaskProcesses, tmp_path: Path
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(24):
        (folder / f"{number:02}.txt").write_text(ENGLISH.format(f"place {number}") * (1 + number % 3))
    subprocess.run(library(tmp_path, "here", "add", folder), check=True, capture_output=True)
    dask.start_worker()
    added: list[str | Path] = ["add", folder, "--cluster", dask.address, "--shared-path", "--format", "jsonl"]
    reported: set[str] = set()
    for _ in range(2):
        with subprocess.Popen(library(tmp_path, "cluster", *added), stdout=subprocess.PIPE, text=True) as client:
            assert client.stdout
            for _ in range(4):
                reported.add(json.loads(client.stdout.readline())["path"])
            client.kill()
    with subprocess.Popen(library(tmp_path, "cluster", *added), stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout
        client.stdout.readline()
        dask.start_worker()
        dask.kill_worker(dask.workers[0])
        assert client.communicate(timeout=120)
        assert client.returncode == 0
    with open_library(tmp_path / "cluster.sqlite") as opened:
        paths = [document.path for document in opened.documents()]
    assert len(paths) == len(set(paths)) == 24
    assert reported <= set(paths)
    exports = [
        subprocess.run(library(tmp_path, name, "export"), check=True, capture_output=True).stdout
        for name in ("here", "cluster")
    ]
    assert exports[0] == exports[1]


def test_an_interrupt_ends_at_once(dask: DaskProcesses, tmp_path: Path) -> None:
    program = f"""
import sys, time
from tests.cli.backends.test_dask_cluster import DaskCluster, ExtractionPool, analyse, documents
with ExtractionPool(DaskCluster({dask.address!r}, None, print, worker_timeout=120), None, analyse) as pool:
    pending = [pool.submit(document) for document in documents(400)]
    print("submitted", flush=True)
    [wait() for wait in pending]
"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[3]), *sys.path])}
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as client:
        assert client.stdout
        client.stdout.readline()
        client.send_signal(signal.SIGINT)
        client.wait(timeout=10)  # the documents would take twenty seconds


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--executor", "no_such_module:make"], "names no function that can be imported"),
        (["--executor", "os:getcwd"], "returns no executor of concurrent.futures"),
        (["--executor", "os:getcwd", "--cluster", "local:1"], "not allowed with argument"),
        (["--cluster", "local:many"], "names no number of workers"),
    ],
)
def test_a_wrong_executor_is_wrong_usage(options: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "statement.txt").write_text(ENGLISH.format("Norland"))
    command = [*COMMAND, "extract", str(tmp_path / "statement.txt"), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.model
@pytest.mark.parametrize(
    "options", [["--executor", "concurrent.futures:ThreadPoolExecutor"], ["--cluster", "local:1"]], ids=" ".join
)
def test_extract_prints_the_same_whatever_executes_it(options: list[str], tmp_path: Path) -> None:
    (tmp_path / "statement.txt").write_text(ENGLISH.format("Norland"))
    command = [*COMMAND, "extract", str(tmp_path / "statement.txt"), "--no-cache", "--format", "json"]
    here, there = (
        subprocess.run([*command, *more], capture_output=True, timeout=120, check=True) for more in ([], options)
    )
    assert there.stdout == here.stdout
    assert there.stderr == here.stderr
