"""Makes a Chromium available for the tests when there is none. Run once by `make setup`; prints one line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> Path | None:
    """A Chromium of this machine, or the one that playwright brought."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    return Path(found) if found else _of_playwright()


def _of_playwright() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _attempts() -> list[list[str]]:
    """Commands to try, in order: the package manager as root, else a download by playwright."""
    download = [sys.executable, "-m", "playwright", "install", "chromium"]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        return [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"], download]
    return [download]


def main() -> int:
    found = find()
    for command in _attempts():
        if found:
            break
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        found = find()
    print(f"Chromium: {found}" if found else "Geen Chromium gevonden; de browsertests worden overgeslagen.")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
