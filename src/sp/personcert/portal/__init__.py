"""The face: skeleton, front page, start pages, menus, the frame of a case. It has no rules of its own."""
