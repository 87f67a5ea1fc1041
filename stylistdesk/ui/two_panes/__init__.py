"""What the client profile and the back office share: sections on the left, the one at hand on the right."""
