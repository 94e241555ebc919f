"""Train the candidate classifier on the training data and on nothing else.

    python -m tests.quality.train [OPTION...]

OPTIONs go to `alliance_tui.training`, as `--output FILE`. Needs the extra `train` and the shared folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alliance_tui.training import train
from tests.quality.data_sets import CORPORA, GOLD, TRAINING, TRAINING_CANDIDATES
from tests.support.shared_folder import ARCHIVE, require_shared_folder


def arguments(shared: Path) -> list[str]:
    """The inputs of the training, as options of its command line."""
    folders = [shared / GOLD, *(CORPORA / name for name in TRAINING)]
    options = ["--archive", str(shared / ARCHIVE), "--judged", str(TRAINING_CANDIDATES), "--minilm"]
    return [*map(str, folders), *options]


if __name__ == "__main__":
    raise SystemExit(train.main([*arguments(require_shared_folder()), *sys.argv[1:]]))
