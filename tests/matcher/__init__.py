"""The matcher, tested without a database or a web page."""
