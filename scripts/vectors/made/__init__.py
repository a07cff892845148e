"""The golden vectors, one module for each file in vectors/. Python's standard library and openssl only."""
