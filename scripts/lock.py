"""`make lock`: resolve requirements/*.in into lists with every version and hash, free of any index address."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from environment import ROOT, give_up

OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-annotate",
    "--custom-compile-command=make lock",
    "--quiet",
]


def main() -> None:
    beside = ROOT / ".venv" / "bin" / "uv"
    uv = shutil.which("uv") or (str(beside) if beside.exists() else None)
    if uv is None:
        give_up("uv is needed to lock:  pip install uv")
    os.chdir(ROOT / "requirements")
    for name in ("installer", "runtime"):
        subprocess.run([uv, "pip", "compile", f"{name}.in", "-o", f"{name}.txt", *OPTIONS], check=True)
    subprocess.run(
        [uv, "pip", "compile", "dev.in", "-c", "runtime.txt", "-o", "dev.txt", *OPTIONS], check=True
    )


if __name__ == "__main__":
    main()
