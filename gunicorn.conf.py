"""How gunicorn serves wsgi:app. The app is loaded before the workers are forked: a start that cannot work
ends the server with one line instead of workers that die one after the other.
"""

import gc
from typing import Any

# What is loaded stays: to look through it again and again for garbage is the dearest part of a start and of
# some pages, and would give each worker a copy of its own of what all share (see gc.freeze in the library).
gc.disable()
preload_app = True
workers = 2
loglevel = "warning"
control_socket_disable = True
# A worker that is busy for longer is replaced; one that is told to end has as long to finish.
timeout = 30
graceful_timeout = 30
# What a request may be before anything of ours reads it.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190


def when_ready(_server: Any) -> None:
    """Everything is loaded, no worker is forked yet."""
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """A worker collects its own garbage."""
    gc.enable()
