"""What stands in the head of a page for other sites: a description of a fair length. Pure."""

LEAST, MOST = 50, 160


def description(text: str, more: str = "") -> str:
    """One or two sentences for search results: the text, and `more` where the text alone is short and there is room.

    What is longer than 160 characters is cut after a word.
    """
    text = sentence(" ".join(text.split()))
    both = " ".join(filter(None, (text, more)))
    return cut(text if len(both) > MOST and len(text) >= LEAST else both)


def sentence(text: str) -> str:
    """The text with a full stop, unless it has an end of its own."""
    return f"{text}." if text and text[-1].isalnum() else text


def cut(text: str) -> str:
    if len(text) <= MOST:
        return text
    whole, _, _ = text[:MOST].rpartition(" ")
    return f"{(whole or text[: MOST - 1]).rstrip(' ,.;:-–')}…"
