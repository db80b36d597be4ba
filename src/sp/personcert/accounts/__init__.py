"""Accounts: who may log in, and the way in and out.

A user id is random. Accounts hold no role of their own: staff have theirs from groups, customers on
their own folder alone.
"""
