"""Run the training: python -m alliance_tui.training FOLDER..."""

from alliance_tui.training.train import main

raise SystemExit(main())
