"""Plug-ins of the site's user folder: who somebody is, and how long they stay logged in."""
