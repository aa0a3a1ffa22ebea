"""Finds the content a person edits: flows, sql, reports and templates.

In a checkout the folders lie at the root; in a wheel they lie inside the package.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Literal

from winloss.errors import WinLossError

Folder = Literal["flows", "sql", "reports", "templates"]

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def folder(name: Folder) -> Path:
    """Where a content folder lies in this installation."""
    for base in (_PACKAGE, _CHECKOUT):
        if (base / name).is_dir():
            return base / name
    raise WinLossError(f"The folder {name}/ is missing; install winloss again.")


def load(kind: Literal["flows", "reports"], name: str) -> ModuleType:
    """Import `flows/<name>.py` or `reports/<name>.py` by path, once per process.

    Raises WinLossError when there is no such file.
    """
    module_name = f"winloss_{kind}_{name}"
    if module_name in sys.modules:
        return sys.modules[module_name]
    path = folder(kind) / f"{name}.py"
    spec = importlib.util.spec_from_file_location(module_name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise WinLossError(f"There is no {kind}/{name}.py.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    return module
