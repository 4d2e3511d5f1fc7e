"""How fast the service is with the data of the whole country; started by bin/bench."""
