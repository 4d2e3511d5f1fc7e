"""What a web server runs."""

from compliance import create_app

app = create_app()
