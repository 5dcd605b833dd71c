"""A guide to take away: what its page says, read once into plain values and typeset as a tagged PDF."""
