"""Train the classifier, or the encoder, on the training data and on nothing else.

    python -m tests.quality.train [--encoder] [OPTION...]

OPTIONs go to `alliance_tui.training` or `alliance_tui.training.encoder`, as `--output FILE`. Needs the extra `train`
and the shared folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.quality.data_sets import CORPORA, GOLD, TRAINING, TRAINING_CANDIDATES
from tests.support.shared_folder import ARCHIVE, require_shared_folder

ENCODER = "--encoder"


def arguments(shared: Path) -> list[str]:
    """The inputs of a training, as options of its command line."""
    folders = [shared / GOLD, *(CORPORA / name for name in TRAINING)]
    options = ["--archive", str(shared / ARCHIVE), "--judged", str(TRAINING_CANDIDATES)]
    return [*map(str, folders), *options]


def main(options: list[str]) -> int:
    """Train the model that the options name."""
    inputs = arguments(require_shared_folder())
    if ENCODER in options:
        from alliance_tui.training.encoder import train as encoder_training

        return encoder_training.main([*inputs, *(option for option in options if option != ENCODER)])
    from alliance_tui.training import train as classifier_training

    return classifier_training.main([*inputs, "--minilm", *options])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
