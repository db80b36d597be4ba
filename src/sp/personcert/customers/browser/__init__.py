"""The officers' pages of a customer's privacy."""
