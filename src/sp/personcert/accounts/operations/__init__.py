"""What happens to accounts: opening them, getting in, passwords, one-use links, the second factor."""
