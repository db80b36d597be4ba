"""What the server writes about itself holds no personnummer, password, token or cookie."""
