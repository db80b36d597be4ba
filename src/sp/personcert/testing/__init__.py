"""Test layers, factories and people for the tests; nothing of it runs in a served site."""
