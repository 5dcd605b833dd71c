"""Makes reports about what is public, decides them, and reads what came of it."""

from portfolio.models import Report
from tests.portfolio import shown

HERE = "/people/ngozi/report/"
WORDS = {"ground": "rights", "text": "That is my still.\nI took it.", "email": "bo@example.com"}
# What nobody but its owner may read, though it lies beside what is reported.
SECRET = "Osterly-marker-9151"
ADDRESS = f"{SECRET.lower()}@example.org"


def outcome(answer):
    return answer.status_code, answer.headers.get("Location", "")


def place(film):
    return f"/people/ngozi/{film.pk}/report/"


def reported(profile, entry=None, **fields):
    return Report.objects.create(owner=profile.owner, entry=entry and entry.entry_ptr, **{"ground": "rights", **fields})


def decide(client, report, verdict="upheld", decision="It is somebody else’s still.", standing="open"):
    words = {"verdict": verdict, "decision": decision, "standing": standing}
    return shown.post(client, f"/moderation/{report.pk}/", words)


def rows():
    return list(Report.objects.order_by("pk").values_list("verdict", "decision", "decided_by__email"))
