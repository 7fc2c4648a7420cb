"""The window and the printed page: the only package that names Qt."""
