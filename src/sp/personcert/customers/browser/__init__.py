"""Pages of a customer's privacy and e-mail address, and of addresses that bounced."""
