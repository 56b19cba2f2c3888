"""A headless Chromium over its debugging pipe: no network, no driver, no package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")


def found() -> str | None:
    """Return where the browser is, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """A page in the browser, with all that it asked for and complained of."""

    def __init__(self, write: int, read: int) -> None:
        self.write, self.read, self.number, self.rest = write, read, 0, b""
        self.session = ""
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, **params: Any) -> Any:  # noqa: ANN401 - what the method returns
        """Return what a method of the DevTools protocol answers."""
        self.number += 1
        asked = {"id": self.number, "method": method, "params": params}
        if self.session:
            asked["sessionId"] = self.session
        os.write(self.write, json.dumps(asked).encode() + b"\0")
        while True:
            told = self.message()
            if told.get("id") == self.number:
                assert "error" not in told, told
                return told["result"]
            self.events.append(told)

    def message(self) -> dict[str, Any]:
        """Return the next message."""
        while b"\0" not in self.rest:
            more = os.read(self.read, 1 << 20)
            assert more, "the browser has gone"
            self.rest += more
        first, _, self.rest = self.rest.partition(b"\0")
        told: dict[str, Any] = json.loads(first)
        return told

    def open(self, address: str) -> None:
        """Open a page and wait until it is there."""
        self.events.clear()
        self.call("Page.navigate", url=address)
        while not any(each.get("method") == "Page.loadEventFired" for each in self.events):
            self.events.append(self.message())

    def ask(self, script: str) -> Any:  # noqa: ANN401 - what the script returns
        """Return what a script finds in the page."""
        asked = {"expression": script, "returnByValue": True, "awaitPromise": True}
        told = self.call("Runtime.evaluate", **asked)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def requests(self) -> list[str]:
        """Return the addresses that the page asked for."""
        return [
            each["params"]["request"]["url"]
            for each in self.events
            if each.get("method") == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """Return what stands on the console: errors, warnings, refusals of the policy."""
        methods = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        dialogs = ("Page.javascriptDialogOpening",)
        return [str(each) for each in self.events if each.get("method") in (*methods, *dialogs)]

    def shot(self, file: Path) -> None:
        """Take a picture of what is seen."""
        told = self.call("Page.captureScreenshot", format="png")
        file.write_bytes(b64decode(told["data"]))


@contextmanager
def browser() -> Iterator[Page]:
    """Start a browser, give its page, and end it."""
    path = found()
    assert path, "no Chromium here"
    to_browser, from_us = os.pipe()
    from_browser, to_us = os.pipe()
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        switches = "--headless --no-sandbox --disable-gpu --remote-debugging-pipe --hide-scrollbars"
        # The browser reads from descriptor 3 and writes to 4; ours may be any.
        script = (
            "import os, sys\n"
            "asked, told = os.dup(int(sys.argv[1])), os.dup(int(sys.argv[2]))\n"
            "os.dup2(asked, 100), os.dup2(told, 101), os.dup2(100, 3), os.dup2(101, 4)\n"
            "os.execv(sys.argv[3], sys.argv[3:])\n"
        )
        run = subprocess.Popen(
            [
                *(sys.executable, "-c", script, str(to_browser), str(to_us)),
                *(path, *switches.split(), f"--user-data-dir={profile}"),
            ],
            pass_fds=(to_browser, to_us),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(to_browser)
        os.close(to_us)
        page = Page(from_us, from_browser)
        try:
            target = page.call("Target.createTarget", url="about:blank")
            told = page.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
            page.session = told["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
                page.call(f"{domain}.enable")
            size = {"width": 1200, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            page.call("Emulation.setDeviceMetricsOverride", **size)
            yield page
        finally:
            page.session = ""
            try:
                page.call("Browser.close")
            except (OSError, AssertionError):
                run.kill()
            run.wait(20)
