"""What every feature stands on: time, errors, numbers, content, walls, forms, audit, tasks, mail and PDF."""
