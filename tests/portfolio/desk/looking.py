"""What the tests of the desk share: students as a counsellor has them, and the words of a page."""

import re
from datetime import timedelta

from django.utils import timezone

from portfolio.models import Entry
from portfolio.scales import Scope, Visibility
from tests import make

DESK = "/counselling/"


def student(counsellor, name="Ngozi Farrell", scopes=tuple(Scope), logged=0, skills=(), career=None, **fields):
    """A connected student who logged something so many days ago (None: never), aiming at the career if there is one."""
    owner = make.member()
    if logged is not None:
        made = make.entry(owner, title="Low Water", visibility=Visibility.COUNSELLOR, skills=skills)
        Entry.objects.filter(pk=made.pk).update(updated_at=timezone.now() - timedelta(days=logged))
    if career:
        make.goal(owner, career)
    return make.connection(owner, counsellor, scopes, student_name=name, **fields)


def page_of(client, address=DESK, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def cells(page):
    """The rows of the caseload as the words in their cells."""
    body = re.search(r"<tbody>(.*)</tbody>", page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL) if body else []
    texts = [[words(cell) for cell in re.split(r"</t[hd]>", row)[:-1]] for row in rows]
    return [[re.sub(r"^Choose .*?(?=[A-Z])", "", first), *rest] for first, *rest in texts]


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", re.sub(r'<span class="visually-hidden">[^<]*</span>', "", html)).split())
