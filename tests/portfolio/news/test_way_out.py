"""The way out of mails about counselling, which works from the mail alone."""

from django.contrib.auth.models import Group
from django.core import signing
from django.test import Client

from portfolio.counselling import digest
from portfolio.models import Counsellor, Profile
from portfolio.scales import News, Side
from tests import make

from .posting import BETWEEN, sent, to_counsellor


def switches():
    return [*Profile.objects.order_by("pk").values_list("hears_of_counselling", flat=True)], [
        *Counsellor.objects.order_by("pk").values_list("hears_of_counselling", flat=True)
    ]


def link(owner, *sides):
    return f"/counselling-mail/stop/{digest.stop_token(owner, set(sides))}/"


def test_opening_the_link_changes_nothing(client, ann, met):
    page = client.get(link(ann, Side.STUDENT))

    assert "Stop these mails?" in page.content.decode()
    assert switches() == ([True], [True])
    assert (page.headers["Referrer-Policy"], page.headers["X-Robots-Tag"]) == ("no-referrer", "noindex")


def test_a_mail_program_stops_what_the_mail_was_about_with_one_click(ann, met):
    other = make.counsellor("Sam Oakes")
    one_click = {"List-Unsubscribe": "One-Click"}

    Client(enforce_csrf_checks=True).post(link(ann, Side.STUDENT), one_click)
    Client(enforce_csrf_checks=True).post(link(other, Side.COUNSELLOR), one_click)

    assert switches() == ([False], [True, False])


def test_it_stops_for_somebody_without_settings(client, db):
    bare = make.member()

    client.post(link(bare, Side.STUDENT))

    assert list(Profile.objects.values_list("owner", "hears_of_counselling")) == [(bare.pk, False)]


def test_a_token_of_ours_for_something_else_is_no_token(client, ann, met):
    unknown = client.get("/no/such/page/").content
    good = link(ann, Side.STUDENT)
    forged = [
        good[:-3] + "xx/",
        "/counselling-mail/stop/x/",
        "/counselling-mail/stop/x%00y/",
        f"/counselling-mail/stop/{signing.Signer(salt='something.else').sign_object([ann.pk, ['student']])}/",
        f"/counselling-mail/stop/{signing.Signer(salt=digest.SALT).sign_object([0, ['student']])}/",
    ]

    assert [(client.post(each).status_code, client.get(each).content) for each in forged] == [(404, unknown)] * 5
    assert switches() == ([True], [True])


def test_mails_are_switched_on_again_beside_the_reminders(client, ann, met):
    Profile.objects.update(hears_of_counselling=False)
    client.force_login(ann)

    assert "hears_as_counsellor" not in client.get("/me/dates/").content.decode()
    client.post("/me/dates/", {"hears_of_counselling": "on", "hears_as_counsellor": "", "time_zone": "UTC"})

    assert switches() == ([True], [True])


def test_a_counsellor_has_a_switch_of_their_own_there(client, met):
    client.force_login(met.counsellor)

    client.post("/me/dates/", {"hears_of_counselling": "on", "time_zone": "UTC"})
    off = switches()[1]
    client.post("/me/dates/", {"hears_as_counsellor": "on", "time_zone": "UTC"})

    assert (off, switches()[1]) == ([False], [True])


def test_a_counsellor_by_group_alone_is_told_too(ann):
    lone = make.counsellor()
    met = make.connection(ann, lone, student_name="Ann Lee", **BETWEEN)
    Counsellor.objects.filter(user=lone).delete()
    lone.groups.add(Group.objects.get(name="Editors"))
    to_counsellor(met, News.CHANGED)

    assert sent(lone)[1] == ["Ann Lee changed what you see."]
