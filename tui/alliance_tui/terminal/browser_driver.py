"""Textual's web driver, which exits with its server; `alliance-tui serve` names it in TEXTUAL_DRIVER."""

from __future__ import annotations

import os

from textual.drivers.web_driver import WebDriver

GRACE_SECONDS = 1.0
"""For an explorer to end by itself when its page or server has gone."""


class BrowserDriver(WebDriver):
    """The driver of an app that is shown in a browser."""

    def run_input_thread(self) -> None:
        """Read input until it ends; exit the app where the server has gone, at once if it is too busy to exit."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._loop.call_soon_threadsafe(self._app.exit)
            if not self.exit_event.wait(GRACE_SECONDS):
                os._exit(1)
