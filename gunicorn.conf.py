"""How gunicorn serves wsgi:app. The app is loaded before the workers are forked: a start that cannot work
ends the server with one line instead of workers that die one after the other.
"""

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
