"""Pages of the portal, and the frame of every other page in the skeleton."""
