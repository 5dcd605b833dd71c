"""Logging an entry, changing it, and never losing a word of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from careers.models import Skill
from portfolio.models import Entry, Evidence, FestivalSubmission, Project
from portfolio.scales import Kind, Visibility
from tests import make
from tests.portfolio.hostile import picture as drawn

pytestmark = pytest.mark.django_db

BARE = {
    "title": "Low Water",
    "started": "March 2026",
    "state": "completed",
    "visibility": "1",
    "token": "0d7b4f0e-6f0c-4b6e-8f0a-1b2c3d4e5f60",
    "submission_status": "planned",
    "judging_status": "undecided",
}
SETS = ("evidence", "links", "kept", "uploads", "collaborators", "weeks")


def filled(**given):
    """What a browser sends for the form: the bare minimum, empty rows, and what is given (evidence__0__skill for a row)."""
    sent = {**BARE}
    rows = dict.fromkeys(SETS, 0)
    for name, value in given.items():
        parts = name.split("__")
        if len(parts) == 3:
            rows[parts[0]] = max(rows[parts[0]], int(parts[1]) + 1)
            sent[f"{parts[0]}-{parts[1]}-{parts[2]}"] = value
        else:
            sent[name] = value
    for name, count in rows.items():
        sent |= {f"{name}-TOTAL_FORMS": count, f"{name}-INITIAL_FORMS": 0}
    return {name: value for name, value in sent.items() if value is not None}


def picture():
    return SimpleUploadedFile("still.jpg", drawn(size=(80, 40)), "image/jpeg")


@pytest.fixture
def ann(client):
    made = make.member()
    client.force_login(made)
    return made


@pytest.mark.parametrize("kind", Kind.values)
def test_a_title_and_a_date_are_enough(client, ann, kind):
    answer = client.post(f"/me/entries/new/{kind}/", filled(), follow=True)

    saved = Entry.objects.get()
    assert (saved.owner, saved.kind, saved.title, saved.started, saved.visibility) == (ann, kind, "Low Water", "2026-03", 1)
    assert saved.details.title == "Low Water"
    assert answer.redirect_chain == [(saved.get_absolute_url(), 302)]
    assert "Saved. “Low Water” is in your log." in answer.content.decode()


def test_everything_that_a_project_can_hold_is_kept(client, ann):
    skills = Skill.objects.filter(slug__in=["budgeting", "scheduling"]).order_by("slug")

    client.post(
        "/me/entries/new/project/",
        filled(
            role="Associate producer",
            ended="2026-05-04",
            minutes="7:30",
            runtime="14",
            stages=["2", "3"],
            credit_kind="uncredited",
            uncredited_reason="A crew of forty, ten credits.",
            is_own="on",
            pitch=["budget", "treatment"],
            labels="tides, Sea , tides",
            description="Four days around two tides.",
            evidence__0__skill=str(skills[0].pk),
            evidence__0__level="3",
            evidence__0__note="Top sheet",
            evidence__1__skill=str(skills[1].pk),
            evidence__1__level="1",
            links__0__url="example.org/clip",
            links__0__label="Clip",
            collaborators__0__name="Björk Müller",
            collaborators__0__credit="Director",
        ),
    )

    saved = Project.objects.get()
    assert (saved.role, saved.ended, saved.minutes, saved.runtime, saved.stages) == (
        "Associate producer",
        "2026-05-04",
        450,
        840,
        [2, 3],
    )
    assert (saved.is_own, sorted(saved.pitch), sorted(saved.labels.names())) == (True, ["budget", "treatment"], ["Sea", "tides"])
    assert list(saved.evidence.values_list("skill__slug", "level", "note")) == [
        ("budgeting", 3, "Top sheet"),
        ("scheduling", 1, ""),
    ]
    assert list(saved.links.values_list("url", "label")) == [("https://example.org/clip", "Clip")]
    assert list(saved.collaborators.values_list("name", "credit")) == [("Björk Müller", "Director")]


WRONG = [
    ({"title": ""}, "This field is required"),
    ({"started": ""}, "This field is required"),
    ({"started": "31 February 2026"}, "February"),
    ({"minutes": "about ten"}, "Write hours as a number, such as 12 or 7.5"),
    ({"started": "2026-05", "ended": "2026-03"}, "This ends before it starts"),
    ({"runtime": "long"}, "Write the running time"),
    ({"evidence__0__skill": "99999999", "evidence__0__level": "3"}, "Select a valid choice"),
    ({"evidence__0__level": "3"}, "Choose the skill this is about"),
    ({"links__0__url": "javascript:alert(1)"}, "Write an address such as"),
    ({"links__0__url": "http://[::1"}, "Write an address such as"),
    ({"title": "x" * 201}, "at most 200 characters"),
    ({"state": "finished"}, "Select a valid choice"),
    ({"visibility": "9"}, "Select a valid choice"),
    ({"stages": ["6"]}, "Select a valid choice"),
    ({"labels": ",".join("abcdefghijkl")}, "at most 10 labels"),
    ({"token": "x"}, "Enter a valid UUID"),
    ({"credit_kind": "uncredited"}, "Say why there is no credit"),
]


@pytest.mark.parametrize(("given", "sentence"), WRONG)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, ann, given, sentence):
    sent = filled(**{"description": "Words I would hate to lose.", "collaborators__0__name": "Nobody", **given})

    answer = client.post("/me/entries/new/project/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Words I would hate to lose." in page
    assert 'value="Nobody"' in page
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("title", ["\x00", "a\x00b", "\ud800", "<script>alert(1)</script>", "‮drawkcab", "𓀀" * 200, "' OR 1=1 --"])
def test_odd_titles_are_kept_or_refused_but_never_break(client, ann, title):
    answer = client.post(
        "/me/entries/new/project/", {**filled(), "title": title.encode("utf-8", "replace").decode()}, follow=True
    )

    assert answer.status_code in (200, 422)
    assert "<script>alert" not in answer.content.decode()


def test_more_rows_without_script_keep_what_was_typed(client, ann):
    answer = client.post("/me/entries/new/project/", {**filled(title="", description="Still here."), "more": "links"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Still here." in page
    assert 'name="links-1-url"' in page
    assert "to fix" not in page


def test_a_draft_counts_for_nothing_until_it_is_finished(client, ann):
    skill = Skill.objects.get(slug="budgeting")
    sent = filled(evidence__0__skill=str(skill.pk), evidence__0__level="3")

    client.post("/me/entries/new/project/", {**sent, "draft": "yes"})
    draft = Entry.objects.get()
    before = Evidence.objects.of(ann).counting().count()
    client.post(f"/me/entries/{draft.pk}/edit/", {**sent, "version": draft.version})

    assert (draft.state, before) == ("draft", 0)
    assert Evidence.objects.of(ann).counting().count() == 1


# Two tabs, two clicks


def test_a_form_sent_twice_makes_one_entry(client, ann):
    rows = {
        "evidence__0__skill": Skill.objects.get(slug="budgeting").pk,
        "evidence__0__level": 3,
        "links__0__url": "https://e.org/",
    }
    answers = [client.post("/me/entries/new/project/", filled(labels="tides", stages=["2"], **rows)) for _ in range(3)]

    assert list(Entry.objects.values_list("title", "version")) == [("Low Water", 1)]
    assert len({answer.headers["Location"] for answer in answers}) == 1


def test_words_changed_before_trying_again_are_kept(client, ann):
    first = client.post("/me/entries/new/project/", filled(version="1", uploads__0__file=picture()))
    second = client.post("/me/entries/new/project/", filled(version="1", title="High Water", uploads__0__file=picture()))

    assert second.headers["Location"] == first.headers["Location"]
    assert list(Entry.objects.values_list("title", "version", "attachments__name")) == [("High Water", 2, "still.jpg")]


def test_trying_again_after_deleting_gives_the_words_back(client, ann):
    client.post("/me/entries/new/project/", filled())
    client.post("/me/entries/selected/", {"entry": Entry.objects.get().pk, "do": "bin"})

    answer = client.post("/me/entries/new/project/", filled(description="Words I would hate to lose."))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("This entry is in the bin" in page, "Words I would hate to lose." in page) == (True, True)
    assert Entry.objects.count() == 1


def test_trying_again_does_not_overwrite_what_another_tab_saved_meanwhile(client, ann):
    client.post("/me/entries/new/project/", filled())
    entry = Entry.objects.get()
    client.post(f"/me/entries/{entry.pk}/edit/", filled(title="From another tab", version="1"))

    answer = client.post("/me/entries/new/project/", filled(title="High Water"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("From another tab" in page, "High Water" in page) == (True, True)
    assert Entry.objects.get().title == "From another tab"


def test_a_token_of_somebody_else_is_no_token(client, ann):
    client.post("/me/entries/new/project/", filled())
    client.force_login(make.member())
    client.post("/me/entries/new/project/", filled())

    assert Entry.objects.count() == 2


@pytest.mark.parametrize("kind", Kind.values)
def test_the_second_tab_is_shown_both_texts(client, ann, kind):
    entry = make.entry(ann, kind=kind)
    client.post(f"/me/entries/{entry.pk}/edit/", filled(description="From the first tab.", version="1"))

    answer = client.post(f"/me/entries/{entry.pk}/edit/", filled(description="From the second tab.", version="1"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count("From the first tab.") == 1
    assert page.count("From the second tab.") == 2
    assert Entry.objects.get().description == "From the first tab."


def test_the_second_tab_may_keep_its_text_once_it_has_seen_the_other(client, ann):
    entry = make.entry(ann)
    client.post(f"/me/entries/{entry.pk}/edit/", filled(description="First.", version="1"))
    answer = client.post(f"/me/entries/{entry.pk}/edit/", filled(description="Second.", version="1"))

    shown = answer.context["form"]["version"].value()
    client.post(f"/me/entries/{entry.pk}/edit/", filled(description="Second.", version=str(shown)))

    assert Entry.objects.get().description == "Second."


def test_an_entry_deleted_in_another_tab_gives_the_words_back(client, ann):
    entry = make.entry(ann)
    client.post("/me/entries/selected/", {"entry": entry.pk, "do": "bin"})

    answer = client.post(f"/me/entries/{entry.pk}/edit/", filled(description="Still mine.", version="1"))

    assert answer.status_code == 409
    assert "Still mine." in answer.content.decode()


# What may not be chosen


def test_nobody_under_18_can_open_an_entry_to_others(client):
    client.force_login(make.member(age_band="13-17"))

    answer = client.post("/me/entries/new/project/", filled(visibility=str(Visibility.PUBLIC.value)))

    assert answer.status_code == 422
    assert Entry.objects.count() == 0


def test_fields_that_are_not_in_the_form_change_nothing(client, ann):
    other = make.member()
    sent = filled(owner=str(other.pk), kind="cpd", uuid=BARE["token"], deleted_at="2020-01-01", is_staff="on", id="1")

    client.post("/me/entries/new/project/", sent)

    saved = Entry.objects.get()
    assert (saved.owner, saved.kind, saved.deleted_at) == (ann, "project", None)
    assert str(saved.uuid) != BARE["token"]


def test_a_submission_takes_only_a_project_of_its_owner(client, ann):
    foreign = make.entry(make.member(), title="Somebody else's film")

    answer = client.post("/me/entries/new/festival/", filled(work=str(foreign.pk)))

    assert answer.status_code == 422
    assert "Somebody else" not in answer.content.decode()


def test_a_submission_knows_the_festival_it_names(client, ann):
    client.post("/me/entries/new/festival/", filled(organisation="Sundance Film Festival"))

    assert FestivalSubmission.objects.get().festival.title == "Sundance Film Festival"


def test_a_result_without_a_submission_is_refused(client, ann):
    answer = client.post("/me/entries/new/festival/", filled(submission_status="planned", judging_status="winner"))

    assert answer.status_code == 422
    assert FestivalSubmission.objects.count() == 0


def test_editing_leaves_the_status_of_a_submission_alone(client, ann):
    entry = make.entry(ann, kind="festival", submission_status="submitted", judging_status="undecided")

    client.post(f"/me/entries/{entry.pk}/edit/", filled(submission_status="planned", judging_status="winner", version="1"))

    saved = FestivalSubmission.objects.get()
    assert (saved.submission_status, saved.judging_status, saved.version) == ("submitted", "undecided", 2)


def test_evidence_that_stays_keeps_who_confirmed_it(client, ann):
    skill = Skill.objects.get(slug="budgeting")
    entry = make.entry(ann, skills=[skill])
    piece = Evidence.objects.get()
    piece.endorsements.create(name="Bríd Halloran", level=3)

    sent = filled(evidence__0__skill=str(skill.pk), evidence__0__level="3", evidence__0__note="Top sheet", version="1")
    client.post(f"/me/entries/{entry.pk}/edit/", sent)

    assert list(Evidence.objects.values_list("pk", "note", "endorsements__name")) == [(piece.pk, "Top sheet", "Bríd Halloran")]


def test_labels_are_everybodys_own(client, ann):
    client.post("/me/entries/new/project/", filled(labels="tides"))
    other = make.member()
    client.force_login(other)
    client.post("/me/entries/new/project/", filled(labels="Tides"))

    assert list(ann.labels.values_list("name", flat=True)) == ["tides"]
    assert list(other.labels.values_list("name", flat=True)) == ["Tides"]
