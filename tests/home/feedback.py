"""What tests of readers' feedback share: forms as a browser sends them, some time after they were opened."""

import time

from django.core.signing import TimestampSigner, b62_encode

OURS = {"Origin": "http://testserver"}
WORDS = "The day rate is from 2019 and the page says that it is this year's."


class Earlier(TimestampSigner):
    """Signs as it would have so many seconds ago."""

    def __init__(self, ago):
        super().__init__(salt="home.feedback")
        self.ago = ago

    def timestamp(self):
        return b62_encode(int(time.time()) - self.ago)


def stamp(address, ago=60):
    """The stamp of the form at the address, given out some time ago."""
    kind, slug = [*address.strip("/").split("/")[1:], ""][:2]
    return Earlier(ago).sign(f"{kind}/{slug}")


def report(client, address="/feedback/careers/producer/", ago=60, where="192.0.2.1", **words):
    """A report as the form sends it."""
    sent = {
        "section": "",
        "sort": "mistake",
        "text": WORDS,
        "suggestion": "",
        "source": "",
        "stamp": stamp(address, ago),
        **words,
    }
    return client.post(address, sent, headers=OURS, REMOTE_ADDR=where)


def answer(client, useful, address="/feedback/careers/producer/useful/", where="192.0.2.1", **headers):
    return client.post(address, {"useful": useful}, headers={**OURS, **headers}, REMOTE_ADDR=where)


def outcome(response):
    return response.status_code, response.headers.get("Location", "")
