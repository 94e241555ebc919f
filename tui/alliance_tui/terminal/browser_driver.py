"""Textual's driver for a browser with the manners that it lacks; `alliance-tui serve` names it in TEXTUAL_DRIVER."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """The driver of an app that draws in a browser."""

    def run_input_thread(self) -> None:
        """Read keys until there are no more: where the server is gone, so is the reader, and the app ends."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._loop.call_soon_threadsafe(self._app.exit)
