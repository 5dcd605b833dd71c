"""The pages by which students and counsellors come together: accessible, quiet, within their width, with odd names as well."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from portfolio.counselling import cohorts, handing, invitations, inviting
from portfolio.models import Connection, Counsellor
from portfolio.scales import Scope
from portfolio.views.counselling.door import note_look
from tests import make

from .test_member_pages import enter as enter
from .test_member_pages import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 3
ODD = "مستشارة التوجيه المهني 職業顧問"


@pytest.fixture
def met():
    """A student and a counsellor with everything between them that can wait for somebody."""
    now = timezone.now()
    student, counsellor = make.member(age_band="13-17"), make.counsellor(LONG)
    Counsellor.objects.filter(user=counsellor).update(takes_requests=True, about="Sound, and how to get into it. " * 15)
    asks = {f"asks_{scope}": True for scope in Scope}
    cohort = cohorts.make(counsellor=counsellor, name=ODD, purpose="To plan. " * 30, team=None, **asks)
    cohorts.make(counsellor=counsellor, name=LONG, purpose="", team=None, **asks)
    made = make.connection(student, counsellor, student_name=LONG, cohort=cohort, purpose="To plan. " * 30)
    for number in range(55):
        note_look(made, "desk", f"Page {number}")
    asked = {"origin": "asked", "student_name": ODD, "message": "Hello. " * 60, "granted_at": None, "ends_at": None}
    make.connection(make.member(), counsellor, **asked)
    make.connection(make.member(), counsellor, **asked, agreed_at=now)
    make.connection(student, make.counsellor(ODD), **asked, agreed_at=now)
    make.connection(student, make.counsellor("Asked"), **asked)
    make.connection(student, make.counsellor("Over"), ends_at=now - timedelta(days=1))
    inviting.invite(counsellor=counsellor, days=7, name=LONG, email="", cohort=cohort, purpose="Why. " * 50, **asks)
    handing.offer(counsellor=counsellor, connection=made.pk, to=make.counsellor(ODD + "二").counsellor, reason="I move. " * 40)
    return made


def places(met):
    """The addresses of each side's pages."""
    mine = Connection.objects.filter(student=met.student).order_by("pk")
    token = invitations.token_of(met.counsellor.invitations.get())
    student = ["/me/counsellors/", "/me/counsellors/code/", "/me/counsellors/code/?code=ACDE3467", "/me/counsellors/ask/"]
    student += [f"/me/counsellors/{each.pk}/" for each in mine]
    student += [f"/me/counsellors/handovers/{met.handovers.get().pk}/"]
    desk = [f"/counselling/{more}/" for more in ("introduction", "invitations", "requests", "cohorts", "leave")]
    desk += [f"/counselling/cohorts/{met.cohort_id}/", f"/counselling/{met.pk}/handover/", f"/invited/{token}/"]
    return student, desk, f"/invited/{token}/"


@pytest.mark.parametrize("side", ["student", "counsellor", "guest", "invited"])
def test_no_barrier_no_complaint_no_sideways_scroll(enter, visit, met, side):
    student, desk, invited = places(met)
    who = {"student": met.student, "counsellor": met.counsellor, "invited": make.member()}.get(side)
    page = enter(who) if who else visit("/about/", reduced_motion="reduce")
    found = {}
    for address in {"student": student, "counsellor": desk}.get(side, [invited]):
        page.goto(address)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{side}-{address.strip('/').replace('/', '-')[:40]}.png", full_page=True)
        found[address] = [each for each in faults(page) if "status of 4" not in each]  # Chromium repeats 422

    assert {address: each for address, each in found.items() if each} == {}
