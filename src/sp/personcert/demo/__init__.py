"""Demonstration data: the handbook's test customer and a few others, made through the operations."""
