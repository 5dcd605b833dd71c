"""What readers say about the guide: whether it was useful, and what is wrong with it. Nothing that is kept says who they are."""
