"""A finished course becomes a training entry with evidence at the level that it teaches, and the gap closes."""

from html.parser import HTMLParser

import pytest
from django.utils import timezone

from portfolio import gaps, reading
from portfolio.models import CPDCycle, Entry, Evidence, Notice, PlanStep
from tests import make
from tests.portfolio import record

pytestmark = pytest.mark.django_db
NEW = "/me/entries/new/cpd/"


class Inputs(HTMLParser):
    """What a browser would send of the page's entry form, were its save button pressed."""

    def __init__(self, html):
        super().__init__()
        self.sent, self.select, self.area = {}, None, None
        self.is_inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self.is_inside = "entry-form" in given.get("class", "")
        if not self.is_inside or "__prefix__" in (name or ""):
            return
        kind = given.get("type")
        is_sent = kind != "file" and (kind not in ("checkbox", "radio") or "checked" in given)
        if tag == "input" and name and is_sent:
            self.sent[name] = given.get("value", "on" if kind in ("checkbox", "radio") else "") or ""
        if tag == "select":
            self.select = name
        if tag == "option" and self.select and "selected" in given:
            self.sent[self.select] = given["value"]
        if tag == "textarea" and name:
            self.area = name
            self.sent[name] = ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        if tag == "select":
            self.select = None

    def handle_data(self, text):
        if self.area:
            self.sent[self.area] += text.lstrip("\n")


def inputs(answer):
    return Inputs(answer.text).sent


@pytest.fixture
def met():
    return make.connection(make.member(), make.counsellor(), student_name="Ngozi")


@pytest.fixture
def ngozi(client, met):
    client.force_login(met.student)
    return client


@pytest.fixture
def course():
    teaches = [(make.skill("Tallying", slug="tallying"), 3), (make.skill("Puppetry", slug="puppetry"), 2)]
    return make.course("First Cuts", teaches=teaches, hours=8, url="https://school.example/first-cuts")


@pytest.fixture
def step(met, course):
    return make.step(met, course.title, course=course, state="accepted", minutes_done=420, answered_at=timezone.now())


def shown():
    return list(Evidence.objects.order_by("skill__title").values_list("skill__title", "level"))


def now(step):
    return PlanStep.objects.get(pk=step.pk)


def told():
    return list(Notice.objects.order_by("pk").values_list("owner__counsellor__name", "what"))


def test_the_form_comes_filled_in_and_nothing_is_saved_yet(ngozi, step, course):
    found = inputs(ngozi.get(f"{NEW}?step={step.pk}"))

    wanted = {
        "title": "First Cuts",
        "organisation": "Tidewater Film School",
        "activity": "course",
        "url": "https://school.example/first-cuts",
        "minutes": "7",
        "state": "completed",
        "visibility": "2",
        "step": str(step.pk),
        "is_structured": "on",
        "outcome": "Tallying (on my own), Puppetry (with guidance)",
    }
    assert {name: found[name] for name in wanted} == wanted
    rows = {(found[f"evidence-{number}-skill"], found[f"evidence-{number}-level"]) for number in (0, 1)}
    assert rows == {(str(each.skill_id), str(each.level)) for each in course.outcomes.all()}
    assert (Entry.objects.count(), now(step).state) == (0, "accepted")


def test_saving_it_finishes_the_step_and_the_gap_closes(ngozi, met, step):
    career = record.role(tallying=(3, 1), puppetry=(3, 1))
    CPDCycle.objects.create(owner=met.student, name="Ten years", starts="2020-01-01", ends="2099-12-31")
    asked = [need.asked for need in reading.needs(career.pk)]
    before = gaps.gap(asked, reading.held(met.student.pk))

    ngozi.post(f"{NEW}?saving", inputs(ngozi.get(f"{NEW}?step={step.pk}")))

    entry, after = Entry.objects.get(), gaps.gap(asked, reading.held(met.student.pk))
    assert (entry.kind, entry.state, entry.minutes, entry.details.activity) == ("cpd", "completed", 420, "course")
    assert shown() == [("Puppetry", 2), ("Tallying", 3)]
    assert (now(step).state, now(step).entry, now(step).finished_at.date()) == ("done", entry, timezone.now().date())
    assert told() == [("Robin Ash", "finished")]
    # Puppetry was taught with guidance and the role asks for it on one's own: practice, and no piece.
    assert ((before.counted, before.asked), (after.counted, after.asked)) == ((0, 2), (1, 2))
    assert ngozi.get("/me/").context["plan"].training.hours.words.startswith("7 ")


def test_leaving_the_form_leaves_the_step(ngozi, step):
    page = ngozi.get(f"{NEW}?step={step.pk}")
    refused = ngozi.post(f"{NEW}?saving", {**inputs(page), "title": ""})

    assert (refused.status_code, now(step).state, now(step).version) == (422, "accepted", 1)
    assert inputs(refused)["step"] == str(step.pk)


def test_a_double_click_makes_one_entry(ngozi, step):
    form = inputs(ngozi.get(f"{NEW}?step={step.pk}"))

    for _ in range(2):
        ngozi.post(f"{NEW}?saving", form)

    assert (Entry.objects.count(), now(step).state, told()) == (1, "done", [("Robin Ash", "finished")])


def test_a_second_tab_is_told_and_can_keep_its_words_as_an_entry_of_its_own(ngozi, step):
    first, second = (inputs(ngozi.get(f"{NEW}?step={step.pk}")) for _ in range(2))
    ngozi.post(f"{NEW}?saving", first)

    late = ngozi.post(f"{NEW}?saving", {**second, "title": "My words"})

    assert (late.status_code, Entry.objects.count()) == (409, 1)
    assert "You have logged this step already" in late.text
    again = inputs(late)
    assert (again["title"], again["step"]) == ("My words", "")
    assert ngozi.post(f"{NEW}?saving", again).status_code == 302
    assert (Entry.objects.count(), now(step).entry.title) == (2, "First Cuts")


def test_a_draft_is_kept_with_its_step_until_it_is_completed(ngozi, step):
    ngozi.post(f"{NEW}?saving", {**inputs(ngozi.get(f"{NEW}?step={step.pk}")), "draft": "yes"})
    draft = Entry.objects.get()
    assert (now(step).state, now(step).entry, told()) == ("accepted", draft, [])
    assert f"/me/entries/{draft.pk}/edit/" in ngozi.get(f"/me/steps/{step.pk}/").text

    address = f"/me/entries/{draft.pk}/edit/"
    ngozi.post(address, inputs(ngozi.get(address)))

    assert (now(step).state, Entry.objects.get().state) == ("done", "completed")


def test_a_deleted_entry_is_told_of_and_can_be_logged_again(ngozi, met, step):
    ngozi.post(f"{NEW}?saving", inputs(ngozi.get(f"{NEW}?step={step.pk}")))
    entry = Entry.objects.get()

    Entry.objects.of(met.student).bin()
    assert "Its entry is in the bin" in ngozi.get(f"/me/steps/{step.pk}/").text
    entry.delete()
    assert "Its entry was deleted" in ngozi.get(f"/me/steps/{step.pk}/").text
    ngozi.post(f"{NEW}?saving", inputs(ngozi.get(f"{NEW}?step={step.pk}")))

    assert (now(step).state, now(step).entry) == ("done", Entry.objects.get())


def test_a_step_in_words_fills_in_what_it_knows(ngozi, met):
    step = make.step(met, "Shadow a line producer", skill=make.skill("Tallying"), state="accepted")

    found = inputs(ngozi.get(f"{NEW}?step={step.pk}"))

    assert (found["title"], found["evidence-0-skill"], found.get("evidence-0-level", "")) == (
        "Shadow a line producer",
        str(step.skill_id),
        "",
    )


def test_a_course_taken_off_the_guide_is_still_logged_as_it_was(ngozi, step, course):
    course.unpublish()

    ngozi.post(f"{NEW}?saving", inputs(ngozi.get(f"{NEW}?step={step.pk}")))

    assert (shown(), now(step).state) == ([("Puppetry", 2), ("Tallying", 3)], "done")


@pytest.mark.parametrize("key", ["", "x", "0", "-1", "9" * 40, "\x00", "٣"])
def test_a_key_that_is_none_fills_in_nothing(ngozi, key):
    assert inputs(ngozi.get(NEW, {"step": key}))["title"] == ""


@pytest.mark.parametrize("key", ["x", "0", "-1", "9" * 40])
def test_a_key_that_is_none_is_not_saved_by(ngozi, step, key):
    answer = ngozi.post(f"{NEW}?saving", {**inputs(ngozi.get(NEW)), "title": "Low Water", "started": "2026", "step": key})

    assert (answer.status_code, now(step).state) == (422, "accepted")


def test_somebody_elses_step_is_neither_filled_in_nor_finished(client, step):
    stranger = make.member()
    client.force_login(stranger)
    assert inputs(client.get(f"{NEW}?step={step.pk}"))["title"] == ""

    client.post(f"{NEW}?saving", {**inputs(client.get(NEW)), "title": "Low Water", "started": "2026", "step": step.pk})

    assert (Entry.objects.get().owner, now(step).state, now(step).entry) == (stranger, "accepted", None)


def test_what_was_taken_back_is_not_finished(ngozi, step):
    form = inputs(ngozi.get(f"{NEW}?step={step.pk}"))
    PlanStep.objects.update(state="withdrawn")

    ngozi.post(f"{NEW}?saving", form)

    assert (Entry.objects.get().title, now(step).state, told()) == ("First Cuts", "withdrawn", [])


def test_anybody_may_log_a_course_from_its_page(client, course):
    client.force_login(make.member())

    client.post(f"{NEW}?saving", inputs(client.get(f"{NEW}?course={course.slug}")))

    assert (Entry.objects.get().title, Entry.objects.get().minutes) == ("First Cuts", 480)
    assert shown() == [("Puppetry", 2), ("Tallying", 3)]


def test_an_unpublished_course_fills_in_nothing(client, course):
    client.force_login(make.member())
    course.unpublish()

    assert inputs(client.get(f"{NEW}?course={course.slug}"))["title"] == ""


def test_an_address_longer_than_an_entry_takes_is_left_out(ngozi, met):
    course = make.course("First Cuts", url=f"https://school.example/{'x' * 300}")
    step = make.step(met, course=course, state="accepted")

    form = inputs(ngozi.get(f"{NEW}?step={step.pk}"))

    assert form["url"] == ""
    assert ngozi.post(f"{NEW}?saving", form).status_code == 302


def test_after_the_end_the_student_finishes_and_the_counsellor_hears_nothing(ngozi, met, step):
    met.ended_at, met.ended_by = timezone.now(), "counsellor"
    met.save()

    ngozi.post(f"{NEW}?saving", inputs(ngozi.get(f"{NEW}?step={step.pk}")))

    assert (now(step).state, told()) == ("done", [])
