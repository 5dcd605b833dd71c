"""A reader reports a mistake: what is taken, what is asked again with nothing lost, and what is kept of it."""

import logging
from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from careers.models import CareerPage, GlossaryTerm, Skill
from home.feedback import services
from home.models import ReaderReport
from home.scales import ReportState
from tests import make
from tests.home.feedback import OURS, WORDS, outcome, report, stamp
from tests.together import at_once

pytestmark = pytest.mark.django_db
HERE = "/feedback/careers/producer/"
MARKER = "Osterly-marker-9151"


def said(response):
    return unescape(response.content.decode())


def test_a_report_is_kept_with_its_place_and_nobody_s_name(client):
    page = CareerPage.objects.get(slug="producer")

    answer = report(client, section="pay", suggestion="£400 a day", source="https://union.example/rates")

    (made,) = ReaderReport.objects.all()
    assert outcome(answer) == (302, f"{HERE}?sent")
    assert (made.content_type.model_class(), made.object_id, made.revision_id) == (CareerPage, page.pk, page.live_revision_id)
    assert (made.title, made.section, made.address) == ("Producer", "Pay by country", "/careers/producer/#pay")
    assert (made.text, made.suggestion, made.source) == (WORDS, "£400 a day", "https://union.example/rates")
    assert (made.state, made.sort, made.language) == ("new", "mistake", "en-gb")
    assert made.received_on == timezone.localdate()
    assert answer.cookies == {}
    assert "They check it, and mend the page if you are right." in said(client.get(f"{HERE}?sent"))


def test_a_report_about_a_list_is_about_the_thing_that_was_meant(client):
    term = GlossaryTerm.objects.order_by("title").first()

    report(client, "/feedback/glossary/", section=term.slug)
    report(client, "/feedback/glossary/", text="A word is missing.")

    whole, one = ReaderReport.objects.all()
    assert (one.object_id, one.title, one.section, one.address) == (term.pk, term.title, "", f"/glossary/#{term.slug}")
    assert (whole.object_id, whole.title, whole.address) == (None, "Glossary", "/glossary/")


def test_the_link_chooses_the_section_and_what_was_missing_has_its_own_words(client):
    page = said(client.get(f"{HERE}?section=pay"))
    missing = said(client.get(f"{HERE}?missing&section=no-such-part"))

    assert '<option value="pay" selected>Pay by country</option>' in page
    assert "What is wrong?" in page
    assert "What should it say?" in page
    assert '<option value="">The page as a whole</option>' in missing
    assert " selected" not in missing
    assert "What should it say?" not in missing
    report(client, sort="missing")
    assert ReaderReport.objects.get().sort == "missing"


WRONG = {
    "nothing at all": ({"text": " \r\n\t "}, "This field is required."),
    "too much": ({"text": "x" * 1001}, "at most 1000 characters"),
    "far too much": ({"text": "x" * 500_000}, "at most 1000 characters"),
    "too many links": ({"text": "https://a.example www.b.example http://c.example"}, "At most 2 links."),
    "no address": ({"source": "javascript:alert(1)"}, "Enter a valid URL."),
    "another kind of address": ({"source": "ftp://a.example/x"}, "Enter a valid URL."),
    "an email address": ({"text": "Ask bo@example.org."}, "an email address or a phone number"),
    "a phone number": ({"suggestion": "Call 020 7946 0958"}, "an email address or a phone number"),
}


@pytest.mark.parametrize(("wrong", "sentence"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_taken_says_why_and_loses_nothing(client, wrong, sentence):
    words = {"section": "pay", "suggestion": "It should say £400.", "source": "https://union.example/", "text": WORDS} | wrong

    response = report(client, **words)

    page = said(response)
    assert (response.status_code, ReaderReport.objects.count()) == (422, 0)
    assert sentence in page
    assert '<option value="pay" selected>' in page
    for each in (words["suggestion"], words["source"], words["text"].strip()):
        assert each in page


def test_doubtful_words_are_asked_about_once_and_then_taken_as_they_are(client):
    asked = report(client, text="The union's line is 020 7946 0958, not the one here.")
    taken = report(client, text="The union's line is 020 7946 0958, not the one here.", anyway="on")

    assert 'name="anyway"' in said(asked)
    assert 'name="anyway"' not in said(client.get(HERE))
    assert outcome(taken) == (302, f"{HERE}?sent")
    assert ReaderReport.objects.get().text == "The union's line is 020 7946 0958, not the one here."


HOSTILE = {
    "controls": ("a\x00b\x1b[31m\x7fc\u2028", "ab[31mc"),
    "markup": ("<script>alert(1)</script>{{ 7|add:7 }}", "<script>alert(1)</script>{{ 7|add:7 }}"),
    "right to left": ("‏الأجر قديم", "‏الأجر قديم"),
    "pictures": ("👩🏽‍🎬" * 100, "👩🏽‍🎬" * 100),
    "lines": ("one\r\ntwo\r\n", "one\ntwo"),
    "a statement": ("'; DROP TABLE home_readerreport; --", "'; DROP TABLE home_readerreport; --"),
}


@pytest.mark.parametrize(("text", "kept"), HOSTILE.values(), ids=HOSTILE)
def test_any_script_is_kept_as_it_is_and_stays_text(client, text, kept):
    answer = report(client, text=text)

    assert outcome(answer) == (302, f"{HERE}?sent")
    assert ReaderReport.objects.get().text == kept
    client.force_login(make.user("Editors"))
    page = client.get(f"/cms/reports/readers/{ReaderReport.objects.get().pk}/").content.decode()
    assert "<script>alert(1)" not in page


def test_the_same_said_twice_is_one_report_until_it_is_decided(client):
    first, again = report(client), report(client, where="192.0.2.2", text=f"  {WORDS.upper()}\r\n")
    services.answer(report=ReaderReport.objects.get(), by=make.user("Editors"), state="mended", note="")
    later = report(client, where="192.0.2.3")

    assert [outcome(each)[1] for each in (first, again, later)] == [f"{HERE}?sent", f"{HERE}?known", f"{HERE}?sent"]
    assert ReaderReport.objects.count() == 2
    assert "so they are there once" in said(client.get(f"{HERE}?known"))


@pytest.mark.django_db(transaction=True)
def test_clicks_in_the_same_moment_make_one_report():
    found = at_once(*[lambda: outcome(report(Client()))] * 4)

    assert sorted(place for _, place in found) == [f"{HERE}?known"] * 3 + [f"{HERE}?sent"]
    assert ReaderReport.objects.count() == 1


@pytest.mark.parametrize(
    ("ago", "sentence"),
    [(0, "That was faster than people read."), (86_460, "This form was open for more than a day.")],
)
def test_too_fast_and_too_old_ask_again_with_the_words_in_the_form(client, ago, sentence):
    response = report(client, ago=ago)

    page = said(response)
    assert (response.status_code, ReaderReport.objects.count()) == (422, 0)
    assert sentence in page
    assert WORDS in page


OF_ANOTHER = "of another"


@pytest.mark.parametrize("forged", ["", "careers/producer", OF_ANOTHER, "x:y:z", "\x00", "é" * 9999])
def test_a_stamp_that_is_not_this_form_s_is_replaced_by_one_that_is(client, forged):
    forged = stamp("/feedback/careers/showrunner/") if forged == OF_ANOTHER else forged
    response = report(client, stamp=forged)

    fresh = said(response).split('name="stamp" value="')[1].split('"')[0]
    assert (response.status_code, ReaderReport.objects.count()) == (422, 0)
    assert fresh.startswith("careers/producer:")


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(client):
    answer = report(client, subject="Buy now", ago=0)

    assert (outcome(answer), ReaderReport.objects.count()) == ((302, f"{HERE}?sent"), 0)


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}])
def test_another_site_cannot_report(client, origin):
    response = client.post(HERE, {"text": WORDS, "stamp": stamp(HERE)}, headers=origin)

    assert (response.status_code, ReaderReport.objects.count()) == (403, 0)


def test_five_reports_an_hour_come_from_one_network_and_the_words_of_the_sixth_stay(client):
    found = [report(client, text=f"Mistake {number}.") for number in range(6)]
    elsewhere = report(client, text="Mistake 6.", where="192.0.2.2")

    assert [each.status_code for each in found] == [302] * 5 + [429]
    assert "Mistake 5." in said(found[5])
    assert 0 < int(found[5].headers["Retry-After"]) <= 3600
    assert elsewhere.status_code == 302
    assert ReaderReport.objects.count() == 6


def test_a_guide_takes_twenty_reports_a_day(client):
    found = [report(client, text=f"Mistake {number}.", where=f"192.0.2.{number}").status_code for number in range(21)]
    other = report(client, "/feedback/skills/budgeting/", where="192.0.2.99")

    assert found == [302] * 20 + [429]
    assert other.status_code == 302


def test_a_forged_forwarding_header_is_no_other_network(client):
    codes = []
    for number in range(6):
        sent = {"section": "", "sort": "mistake", "text": f"Mistake {number}.", "stamp": stamp(HERE)}
        codes.append(client.post(HERE, sent, headers={**OURS, "X-Forwarded-For": f"198.51.100.{number}"}).status_code)

    assert codes == [302] * 5 + [429]


def test_a_guide_that_goes_while_somebody_writes_answers_404_and_one_that_went_keeps_its_reports(client):
    page = make.career(title="Puppeteer", slug="puppeteer")
    report(client, "/feedback/careers/puppeteer/")
    page.delete()

    gone = report(client, "/feedback/careers/puppeteer/", text="More.")

    assert gone.status_code == 404
    assert ReaderReport.objects.get().title == "Puppeteer"


def test_a_section_that_went_in_between_leaves_the_page_as_a_whole(client):
    report(client, section="was-here-before")

    assert (ReaderReport.objects.get().section, ReaderReport.objects.get().address) == ("", "/careers/producer/")


def test_nothing_that_is_kept_or_logged_says_who_it_was(client, caplog):
    member = make.member(email=f"{MARKER.lower()}@example.org", first_name=MARKER)
    client.force_login(member)
    before = rows_with("203.0.113.77"), rows_with(MARKER)
    headers = {**OURS, "User-Agent": MARKER, "Referer": f"http://testserver/people/{MARKER}/", "Accept-Language": MARKER}
    caplog.set_level(logging.DEBUG)

    sent = {"section": "", "sort": "mistake", "text": WORDS, "stamp": stamp(HERE)}
    first = client.post(HERE, sent, headers=headers, REMOTE_ADDR="203.0.113.77")
    second = client.post(f"{HERE}useful/", {"useful": "no"}, headers=headers, REMOTE_ADDR="203.0.113.77")

    assert (outcome(first), outcome(second)) == ((302, f"{HERE}?sent"), (302, f"{HERE}useful/?answer=no"))
    assert (rows_with("203.0.113.77"), rows_with(MARKER)) == before
    assert [record for record in caplog.messages if "203.0.113.77" in record or MARKER in record] == []
    made = ReaderReport.objects.get()
    assert {each.related_model for each in made._meta.concrete_fields if each.is_relation} == {
        apps.get_model("contenttypes", "ContentType"),
        apps.get_model("wagtailcore", "Revision"),
    }


def rows_with(text):
    """Every row of every table in which the text stands, whatever its case."""
    return {
        (model._meta.label, row["pk"])
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.values("pk", *(field.attname for field in model._meta.local_concrete_fields))
        if any(text.lower() in str(value).lower() for value in row.values())
    }


def test_no_address_lies_in_the_cache(client, settings, tmp_path):
    """In files, where a name is known only by its digest: the one of the address would be found."""
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    settings.CACHES = {**settings.CACHES, "default": files}

    report(client, where="203.0.113.77")

    there = {path.name for path in tmp_path.iterdir()}
    services.REPORTED.takes("203.0.113.77")
    assert len(there) == 3
    assert len({path.name for path in tmp_path.iterdir()} - there) == 1


DAYS = [
    ("mended", 89, 89, WORDS),
    ("mended", 90, 90, ""),
    ("new", None, 364, WORDS),
    ("new", None, 365, ""),
    ("refused", 1, 365, ""),
]


@pytest.mark.parametrize(("state", "decided", "received", "left"), DAYS)
def test_the_daily_run_forgets_the_words_in_time(client, state, decided, received, left):
    report(client, suggestion="Say so.", source="https://union.example/")
    made, today = ReaderReport.objects.get(), timezone.localdate()
    services.answer(report=made, by=make.user("Editors"), state="checking", note=f"{WORDS} I ask Bo.")
    made.state, made.received_on = state, today - timedelta(days=received)
    made.decided_on = today - timedelta(days=decided) if decided is not None else None
    made.save()

    call_command("daily")

    made.refresh_from_db()
    assert (made.text, bool(made.suggestion), bool(made.source), bool(made.digest)) == (left, bool(left), bool(left), bool(left))
    assert made.answers.get().note == (f"{WORDS} I ask Bo." if left else "")
    assert made.state == (ReportState.LAPSED if state == "new" and not left else state)


def test_a_report_about_a_skill_outlives_its_name(client):
    skill = make.skill("Puppetry", live=True)
    report(client, f"/feedback/skills/{skill.slug}/")
    Skill.objects.filter(pk=skill.pk).update(slug="marionettes", title="Marionettes")

    assert list(ReaderReport.objects.about(skill).values_list("title", flat=True)) == ["Puppetry"]
