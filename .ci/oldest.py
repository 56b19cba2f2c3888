"""Print constraints for `make oldest`: the lower bound of each run-time dependency as its version.

The tools of the extra `dev` stay free: some of them need newer versions of the same packages.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Write the pins to standard output, one a line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in (*project["dependencies"], *project["optional-dependencies"]["parquet"]):
        if not (bound := re.match(r"([\w.-]+)>=([\d.]+)", requirement)):
            sys.exit(f"{requirement}: has no lower bound to test")
        sys.stdout.write(f"{bound[1]}=={bound[2]}\n")


if __name__ == "__main__":
    main()
