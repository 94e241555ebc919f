"""python -m alliance_tui.training.encoder"""

from alliance_tui.training.encoder.train import main

raise SystemExit(main())
