"""How gunicorn serves wsgi:app. The app is loaded before the workers are forked: a start that cannot work
ends the server with one line instead of workers that die one after the other.
"""

preload_app = True
workers = 2
loglevel = "warning"
control_socket_disable = True
