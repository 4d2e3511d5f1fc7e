"""python -m reports …: a process that ends after one document collects no garbage, nor while it loads."""

import gc
import sys
from importlib import import_module

if __name__ == "__main__":
    gc.disable()
    if sys.argv[1:] == ["press"]:
        sys.exit(import_module("reports.press").stand_ready())
    sys.exit(import_module("reports.command").within_limits(sys.argv[1:]))
