"""Every flow from the keyboard alone, through a real sshd on loopback, on a line that is 150 ms slow each way."""

from __future__ import annotations

import base64
import getpass
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.latency_proxy import LatencyProxy
from tests.support.pseudoterminal import ENTER, ESCAPE, PAGE_DOWN, TAB, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
DELAY = 0.15
COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")


@pytest.fixture(scope="module")
def login(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The command that logs in through the slow line, less the command to run there."""
    if not SSHD or not shutil.which("ssh"):
        pytest.skip("there is no OpenSSH server and client here")
    folder = tmp_path_factory.mktemp("ssh")
    folder.chmod(0o700)
    for name in ("host", "reader"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "authorized").write_bytes((folder / "reader.pub").read_bytes())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
        "PermitRootLogin": "prohibit-password",
    }
    (folder / "config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # the server wants it; where services run, it is there
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "config")], stderr=log)
    options = ["IdentitiesOnly=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR"]
    command = ["ssh", "-F", "none", "-tt", "-i", str(folder / "reader")]
    command += [part for option in options for part in ("-o", option)]
    try:
        with LatencyProxy(port, DELAY) as line:
            command += ["-p", str(line.port), f"{getpass.getuser()}@127.0.0.1"]
            for _ in range(40):
                done = subprocess.run([*command, "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
                if done.returncode == 0 or server.poll() is not None:
                    break
                time.sleep(0.25)
            if done.returncode:
                pytest.skip(f"no login by ssh here: {(done.stderr or (folder / 'log').read_bytes()).decode()[-200:]}")
            yield command
    finally:
        server.terminate()
        server.wait()


def over_ssh(login: list[str], home: Home, term: str, columns: int, lines: int) -> Terminal:
    """The explorer at the other end, and then what `stty` says of the terminal there."""
    environ = " ".join(f"{name}={value}" for name, value in home.environ.items())
    remote = f"env {environ} LANG=C.UTF-8 {sys.executable} -m alliance_tui; echo status $?; stty -a"
    return Terminal([*login, remote], columns=columns, lines=lines, environ={"TERM": term, "COLORTERM": None})


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
@pytest.mark.parametrize("term", ["xterm", "screen"])
def test_every_flow_over_a_slow_line(
    login: list[str], known_home: Home, tmp_path: Path, term: str, columns: int, lines: int
) -> None:
    home = Home(tmp_path)
    home.environ |= {"XDG_DATA_HOME": known_home.environ["XDG_DATA_HOME"], "XDG_STATE_HOME": str(tmp_path)}
    with over_ssh(login, home, term, columns, lines) as terminal:
        terminal.wait_for("Prime Minister")
        wait_for_analysis(terminal)

        terminal.send("/dicsa")
        terminal.wait_until(lambda: "(DICAS)" in terminal.text and "/ dicsa" in terminal.text)
        terminal.send(ENTER)
        terminal.wait_for("1/1")
        terminal.send(ESCAPE)
        terminal.wait_until(lambda: "dicsa" not in terminal.text)

        terminal.send(f"{TAB}jj{ENTER}")
        terminal.wait_for("Agreements 1/")
        terminal.send("d")
        terminal.wait_for("Strength  ")
        for _ in range(3):
            terminal.send(PAGE_DOWN)
        terminal.wait_for("Confidence")  # below the fold in 24 lines, where the details leave the text in view
        terminal.settle(2 * DELAY + 0.3)
        terminal.send(ESCAPE)
        terminal.wait_until(lambda: "Esc close" not in terminal.text)

        terminal.send("y")
        terminal.wait_for("Copied the quote")
        quote = base64.b64decode(COPIED.findall(bytes(terminal.raw))[-1]).decode()
        seed = (Path(__file__).parents[2] / "seeds" / "000_3b7aba633540c45a.txt").read_text(encoding="utf-8")
        assert len(quote) > 20
        assert quote in seed
        assert (b"\x1bP\x1b]52;" in terminal.raw) is (term == "screen")

        terminal.send("s")
        terminal.wait_for("type a label")
        terminal.send(ESCAPE)
        terminal.wait_until(lambda: "type a label" not in terminal.text)

        terminal.send("?")
        terminal.wait_for("Keys in the agreements")
        terminal.send("citation")
        terminal.wait_until(
            lambda: "Copy the quote with its source" in terminal.text and "Draw the" not in terminal.text
        )
        terminal.settle(2 * DELAY + 0.3)
        terminal.send(ESCAPE)
        terminal.wait_until(lambda: "Keys in" not in terminal.text)

        terminal.send(f"{TAB}{TAB}{PAGE_DOWN}")
        terminal.wait_until(lambda: "▸1 Text" in terminal.text)
        terminal.settle(2 * DELAY + 0.3)
        shown = terminal.lines
        terminal.send("\x0c")
        terminal.settle(2 * DELAY + 0.3)
        assert terminal.lines == shown

        terminal.send("q")
        assert terminal.wait_for_end() == 0
        after = bytes(terminal.raw).rpartition(b"status ")[2]
        assert after.startswith(b"0")
        assert all(flag in re.findall(rb"-?\w+", after) for flag in (b"icanon", b"echo", b"isig", b"iexten"))
        assert terminal.left_behind == []
        assert b"\x1b[?1000h" not in terminal.raw  # each motion of the mouse would be a packet
