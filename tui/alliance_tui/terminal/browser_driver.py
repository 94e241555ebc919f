"""Textual's web driver, which exits with its server; `alliance-tui serve` names it in TEXTUAL_DRIVER."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """The driver of an app that is shown in a browser."""

    def run_input_thread(self) -> None:
        """Read input until it ends; exit the app where the server has gone."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._loop.call_soon_threadsafe(self._app.exit)
