"""The one way to show a page and the one way to change something through it."""
