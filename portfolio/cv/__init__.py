"""A portfolio as a CV: plain values, read once, shown as a typeset PDF, a page to print and JSON Resume."""
