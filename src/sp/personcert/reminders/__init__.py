"""Reminders: an engine that knows no kind of its own.

A kind is a named utility, ``IReminderKind``. It says at which points something is to be said about a
subject (a case, a certificate), and what. The engine files the points by due date (``plan``), a night
job queues a task for each that is due, and the ledger makes it impossible to say anything twice.
"""
