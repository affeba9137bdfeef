"""Where the project lies, where its data lie, and the one reader of the environment."""

from __future__ import annotations

import os
from pathlib import Path

from okr_platform.env import Environment, read_env_file

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Environment(os.environ)
read_env_file(Path(env.text("OKR_ENV_FILE", str(BASE_DIR / ".env"))))
OKR_DATA_DIR = env.folder("OKR_DATA_DIR", BASE_DIR / "var")
