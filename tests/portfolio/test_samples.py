"""The sample people: made once, through the members' own forms, and never on a site that people use."""

import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.utils import timezone
from mutagen.wave import WAVE
from PIL import Image

from careers.models import CareerPage
from home.models import User
from portfolio import agenda, drawing, finding, gaps, reading, samples, showcase, submissions
from portfolio.models import Attachment, ConsentEvent, Entry, Evidence, FestivalSubmission, Goal, Profile
from portfolio.scales import Kind, State, Visibility
from tests.test_quickstart import contents

pytestmark = pytest.mark.django_db
EMAILS = [person["email"] for person in samples.people()]
MARISOL, HINATA, FFION, LAYAN, MARIA = EMAILS
LEAP_DAY, MONTH_END = date(2028, 2, 29), date(2026, 12, 31)


def load_people():
    lines = StringIO()
    call_command("load_people", address="http://localhost:8000", stdout=lines)
    return lines.getvalue()


@pytest.fixture
def loaded():
    return {person.email: person for person in samples.load(timezone.localdate())}


def test_a_second_run_changes_nothing_and_says_so():
    first = load_people()
    before = contents()
    again = load_people()

    assert contents() == before
    assert first.splitlines()[0] == "Added 5 sample people."
    assert again.splitlines()[0] == "The sample people are there already; nothing was changed."
    assert again.count("sets a password here, once") == 6


def test_what_somebody_changed_stays(loaded):
    Entry.objects.filter(owner=loaded[HINATA]).delete()
    loaded[LAYAN].set_password("a pass phrase nobody has")
    loaded[LAYAN].save()

    said = load_people()

    assert Entry.objects.filter(owner=loaded[HINATA]).count() == 0
    assert LAYAN not in said


def test_they_are_refused_where_the_settings_do_not_ask_for_them(settings):
    settings.SAMPLE_PEOPLE_ALLOWED = False
    before = contents()

    for command in (["load_people"], ["quickstart", "--no-serve", "--with-people"]):
        with pytest.raises(CommandError, match=r"^Sample people are for trying Greenlight out, .* Nothing was done\.$"):
            call_command(*command)

    assert contents() == before


def test_nobody_can_guess_a_way_in(loaded):
    assert [person.has_usable_password() for person in loaded.values()] == [False] * 5
    assert list(EmailAddress.objects.filter(user__in=loaded.values()).values_list("verified", "primary")) == [(True, True)] * 5
    assert User.objects.unconfirmed().count() == 0
    assert not any(person.is_staff or person.is_superuser for person in loaded.values())


def test_the_link_lets_somebody_in(client):
    link = next(line.strip() for line in load_people().splitlines() if "/password/reset/key/" in line)

    form = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "a pass phrase nobody has"})

    assert client.login(email=MARISOL, password="a pass phrase nobody has")
    assert client.get("/me/").status_code == 200


# What the records say


def gap_of(owner, slug):
    needs = reading.needs(CareerPage.objects.get(slug=slug).pk)
    found = gaps.gap([need.asked for need in needs], reading.held(owner.pk))
    titles = {need.asked.skill: need.slug for need in needs}
    states = {"go": [], "standby": [], "off": []}
    for each in found.skills:
        states[each.state].append(titles[each.skill])
    return (found.counted, found.asked, found.verified), {state: sorted(skills) for state, skills in states.items()}


def test_the_aspirant_has_something_covered_started_missing_and_verified(loaded):
    targets = [target.slug for target in reading.targets(loaded[MARISOL].pk)]

    assert targets == ["associate-producer", "production-coordinator"]
    assert gap_of(loaded[MARISOL], "associate-producer") == (
        (17, 26, 4),
        {
            "go": "budgeting collaboration communication problem-solving research scheduling video-editing".split(),
            "standby": "adaptability networking organisation story-development".split(),
            "off": "decision-making journalism marketing-publicity screenwriting".split(),
        },
    )
    assert gap_of(loaded[MARISOL], "production-coordinator")[0] == (12, 24, 2)


def test_each_of_the_others_shows_another_beginning(loaded):
    found = {email: [target.slug for target in reading.targets(loaded[email].pk)] for email in EMAILS[1:]}

    assert found == {HINATA: ["production-assistant"], FFION: ["film-editor"], LAYAN: [], MARIA: [""]}
    assert gap_of(loaded[HINATA], "production-assistant") == (
        (1, 20, 0),
        {
            "go": [],
            "standby": "adaptability collaboration communication time-management".split(),
            "off": "driving first-aid health-safety organisation problem-solving research resilience".split(),
        },
    )
    assert gap_of(loaded[FFION], "film-editor") == (
        (1, 19, 0),
        {
            "go": [],
            "standby": "collaboration video-editing visual-storytelling".split(),
            "off": "attention-to-detail colour delivery-specs post-workflow resilience sound time-management".split(),
        },
    )
    assert [model.objects.filter(owner=loaded[LAYAN]).count() for model in (Entry, Goal, Profile)] == [0, 0, 0]


def test_every_kind_every_level_and_every_state_can_be_seen(loaded):
    entries = Entry.objects.of(loaded[MARISOL])

    assert {kind: entries.filter(kind=kind).count() for kind in Kind} == {"project": 6, "internship": 2, "festival": 7, "cpd": 8}
    assert set(Evidence.objects.of(loaded[MARISOL]).values_list("level", flat=True)) == {1, 2, 3, 4}
    assert set(entries.values_list("state", flat=True)) == set(State) - {State.CANCELLED}
    assert set(entries.values_list("visibility", flat=True)) == set(Visibility)
    assert {each.medium for each in Attachment.objects.of(loaded[MARISOL])} == {"image", "pdf", "audio"}
    assert all(each.alt for each in Attachment.objects.of(loaded[MARISOL]))


def test_submissions_stand_where_their_steps_led(loaded):
    mine = loaded[MARISOL]
    statuses = FestivalSubmission.objects.of(mine).order_by("pk").values_list("submission_status", "judging_status")

    assert list(statuses) == [
        ("in-consideration", "honourable-mention"),
        ("in-consideration", "selected"),
        ("in-consideration", "undecided"),
        ("in-consideration", "not-selected"),
        ("draft", "undecided"),
        ("planned", "undecided"),
        ("planned", "undecided"),
    ]
    assert [laurel.judging_status for laurel in submissions.laurels(mine)] == ["selected", "honourable-mention"]
    assert all(laurel.announced_on < timezone.localdate() for laurel in submissions.laurels(mine))
    changes = FestivalSubmission.objects.of(mine).order_by("pk").first().changes.all()
    assert [change.after for change in changes] == ["honourable-mention", "selected", "in-consideration", "submitted"]
    assert changes[0].at.date() == submissions.laurels(mine)[1].announced_on


def test_three_adults_can_be_found_and_nobody_else_is_public(client, loaded):
    public = Profile.objects.filter(visibility=Visibility.PUBLIC)
    page = client.get("/people/").content.decode()

    assert {profile.owner.email for profile in public} == {MARISOL, HINATA, MARIA}
    assert re.findall(r'<a href="/people/([a-z-]+)/"', page) == ["marisol", "hinata", "maria-guadalupe-montserrat"]
    assert not public.filter(is_indexed=True).exists()
    assert all(profile.search_text == finding.people_text(profile) for profile in public)


def test_the_aspirant_has_something_in_every_section(loaded):
    owner, today = loaded[MARISOL].pk, timezone.localdate()
    clips = showcase.clips(owner, finding.EVERYBODY)

    assert [(clip.feature.is_reel, clip.still.name) for clip in clips] == [
        (True, "Salt Hours still.webp"),
        (False, "Salt Hours still.webp"),
        (False, "Marigold still.webp"),
        (False, "Lighthouse still.webp"),
        (False, "Stripboard.png"),
    ]
    assert [laurel.title for laurel in showcase.laurels(owner, finding.EVERYBODY)] == [
        "Honourable mention for the ensemble",
        "Official selection",
    ]
    assert showcase.credits(owner, finding.EVERYBODY).count() == 5
    assert len(showcase.quotes(owner, finding.EVERYBODY)) == 3
    assert showcase.training(owner, finding.EVERYBODY, today).total == 3
    assert len(showcase.skills(owner, finding.EVERYBODY)) > 12


def test_what_was_agreed_to_is_on_record(loaded):
    agreed = ConsentEvent.objects.filter(owner=loaded[MARISOL]).values_list("about", flat=True)

    assert sorted(agreed) == ["listed", "messages", "shown"]


def test_nothing_is_said_of_a_real_festival_but_that_it_is_planned_for(loaded):
    real = FestivalSubmission.objects.filter(owner__in=loaded.values()).exclude(organisation__endswith="(invented)")

    assert list(real.values_list("festival__slug", "submission_status", "deadline_on", "fee", "announced_on")) == [
        ("leeds-international-film-festival", "planned", None, None, None)
    ]


def test_dates_lie_ahead_whenever_the_people_are_loaded(loaded):
    today = timezone.localdate()
    found = agenda.occasions(loaded[MARISOL], "Europe/London", today)
    ahead = [(occasion.what.value, (occasion.day("Europe/London") - today).days) for occasion in found if occasion.is_pending]

    assert ("deadline", 35) in ahead
    assert {("deadline", 12), ("deadline", 13)} & set(ahead)  # one minute to midnight in New York
    assert ("certificate", 45) in ahead
    assert ("result", 26) in ahead


def test_the_young_one_shows_nothing_to_strangers(loaded):
    shown = Entry.objects.of(loaded[FFION]).values_list("visibility", flat=True)

    assert loaded[FFION].is_protected
    assert {*shown, loaded[FFION].profile.visibility} == {Visibility.COUNSELLOR}


@pytest.mark.parametrize("today", [LEAP_DAY, MONTH_END])
def test_the_forms_take_everything_on_any_day(today):
    assert [person.email for person in samples.load(today)] == EMAILS


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("-400 days", "2027-01-25"),
        ("+1 day", "2028-03-01"),
        ("-2 weeks", "2028-02-14"),
        ("-2 months", "2027-12"),
        ("+11 months", "2029-01"),
        ("-3 years", "2025"),
        ("twelve days", "twelve days"),
    ],
)
def test_days_are_counted_from_today(written, found):
    assert samples.dated({"rows": [{"on": written, "level": 3}]}, LEAP_DAY) == {"rows": [{"on": found, "level": 3}]}


def test_what_a_form_refuses_is_named_and_leaves_nobody():
    person = {"email": "x@example.org", "first_name": "", "last_name": "", "age_band": "18+"}
    entry = {"kind": "project", "title": "Low Water", "started": "31 February 2026"}

    with pytest.raises(samples.Unfit, match=r"x@example\.org, Low Water: .*February"):
        samples.make({**person, "entries": [entry]})

    assert User.objects.filter(email="x@example.org").count() == 0


# Their forms and pages


class Sent(HTMLParser):
    """What a browser would send for the form that has a title, untouched."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.select, self.area = [], None, None
        self.feed(page)

    @property
    def data(self):
        return next(form for form in self.forms if "title" in form)

    def add(self, name, value):
        self.forms[-1].setdefault(name, []).append(value)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if tag == "input" and "name" in has and self.forms:
            ticked = has["type"] not in ("checkbox", "radio") or "checked" in has
            if ticked and has["type"] not in ("file", "submit"):
                self.add(has["name"], has.get("value", "on" if has["type"] == "checkbox" else ""))
        if tag == "select":
            self.select, self.first = has["name"], None
        if tag == "option" and self.select:
            self.first = has["value"] if self.first is None else self.first
            if "selected" in has:
                self.add(self.select, has["value"])
        if tag == "textarea":
            self.area, self.words = has["name"], ""

    def handle_endtag(self, tag):
        if tag == "select":
            if self.select not in self.forms[-1]:
                self.add(self.select, self.first)
            self.select = None
        if tag == "textarea":
            self.add(self.area, self.words.removeprefix("\n"))
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.words += data


def everything(entry):
    """All that the entry and its parts hold, but for its version and the times of saving."""
    details = {name: value for name, value in vars(entry.details).items() if name not in ("_state", "version", "updated_at")}
    parts = [list(getattr(entry, name).values()) for name in ("evidence", "links", "attachments")]
    more = [getattr(entry.details, name, None) for name in ("collaborators", "weeks")]
    return details, parts, [list(each.values()) for each in more if each], sorted(entry.labels.names())


def test_every_entry_passes_its_own_form_unchanged(client, loaded):
    for entry in Entry.objects.filter(owner__in=loaded.values()).select_related("owner"):
        client.force_login(entry.owner)
        before = everything(entry)
        sent = Sent(client.get(f"/me/entries/{entry.pk}/edit/").content.decode()).data

        answer = client.post(f"/me/entries/{entry.pk}/edit/", sent | ({"draft": "1"} if entry.is_draft else {}))

        assert (answer.status_code, entry.title) == (302, entry.title)
        assert everything(Entry.objects.get(pk=entry.pk)) == before


PAGES = ["/me/", "/me/skills/", "/me/entries/", "/me/cpd/", "/me/festivals/", "/me/dates/", "/me/roles/"]


def test_every_page_can_be_seen(client, loaded):
    for person in loaded.values():
        client.force_login(person)
        pages = [*PAGES, *(entry.get_absolute_url() for entry in Entry.objects.of(person))]

        assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


# Their files


def test_no_file_says_more_than_it_shows(loaded):
    files = {each.name: each for each in Attachment.objects.filter(entry__owner__in=loaded.values())}
    content = {name: each.file.read() for name, each in files.items()}

    assert {each.medium for each in files.values()} == {"image", "pdf", "audio"}
    assert [said_of(each.medium, content[name]) for name, each in files.items()] == [set()] * len(files)


def said_of(medium, content):
    """What the file says beside what can be seen or heard."""
    if medium == "image":
        shown = Image.open(BytesIO(content))
        return {*shown.getexif(), *shown.info} - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    if medium == "audio":
        return set(WAVE(BytesIO(content)).tags or ())
    return {word for word in (b"/Info", b"/Metadata", b"/Author") if word in content}


@pytest.mark.parametrize("name", drawing.DRAWINGS)
def test_the_same_number_draws_the_same_file(name):
    assert drawing.DRAWINGS[name](7) == drawing.DRAWINGS[name](7)
    assert drawing.DRAWINGS[name](7) != drawing.DRAWINGS[name](8)
