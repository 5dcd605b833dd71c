"""The list of entries: finding, ordering, paging, changing many, and taking it back."""

import re

import pytest

from careers.models import Skill
from portfolio.models import Attachment, Entry
from portfolio.scales import Visibility
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client):
    made = make.member()
    client.force_login(made)
    return made


def titles(client, address):
    """The titles of the entries listed at the address, in their order."""
    page = client.get(address).content.decode()
    return re.findall(r'<span class="strip-title" dir="auto"><a href="[^"]+">([^<]+)</a>', page)


def undo(client, answer):
    note = re.search(r'name="undo" value="([^"]+)"', answer.content.decode())[1]
    return client.post("/me/entries/undo/", {"undo": note}, follow=True)


def test_only_ones_own_entries_are_listed(client, ann):
    make.entry(make.member(), title="Not hers")
    make.entry(ann, title="Hers")

    assert titles(client, "/me/entries/") == ["Hers"]


ORDERS = [
    ("newest", ["Kite", "Äther", "Boat"]),
    ("oldest", ["Boat", "Äther", "Kite"]),
    ("changed", ["Boat", "Kite", "Äther"]),
    ("title", ["Boat", "Kite", "Äther"]),
    ("nonsense", ["Kite", "Äther", "Boat"]),
]


@pytest.mark.parametrize(("sort", "expected"), ORDERS[:3] + ORDERS[4:])
def test_the_list_is_in_the_order_asked_for(client, ann, sort, expected):
    make.entry(ann, title="Äther", started="2024-02")
    make.entry(ann, title="Kite", started="2026")
    make.entry(ann, title="Boat", started="2023-12-31")

    assert titles(client, f"/me/entries/?sort={sort}") == expected


def test_filters_narrow_together(client, ann):
    skill = Skill.objects.get(slug="budgeting")
    make.entry(ann, title="Both", kind="cpd", stages=[1, 3], skills=[skill])
    make.entry(ann, title="Kind alone", kind="cpd", stages=[2])
    make.entry(ann, title="Stage alone", stages=[3])

    assert titles(client, "/me/entries/?kind=cpd&stage=3") == ["Both"]
    assert titles(client, "/me/entries/?skill=budgeting") == ["Both"]
    assert titles(client, "/me/entries/?stage=5") == []


@pytest.mark.parametrize("words", ["cafe", "CAFÉ", "café ÉTÉ", "  ete  "])
def test_search_minds_neither_case_nor_accents(client, ann, words):
    post = {"title": "Été au Café", "started": "2026", "state": "completed", "visibility": "1"}
    sets = ("evidence", "links", "kept", "uploads", "collaborators")
    post |= {f"{name}-{part}_FORMS": 0 for name in sets for part in ("TOTAL", "INITIAL")}
    client.post("/me/entries/new/project/", post)
    make.entry(ann, title="Other")

    assert titles(client, f"/me/entries/?q={words}") == ["Été au Café"]


HOSTILE = [
    "q=%00",
    "q=%25",
    "q=_",
    "after=x~y",
    "after=1~",
    "after=9999999999999999999~2026",
    "kind=%ff",
    "stage=9",
    "sort=;drop",
    "after=1~%00",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_every_question_has_an_answer(client, ann, query):
    make.entry(ann)

    assert client.get(f"/me/entries/?{query}").status_code == 200


@pytest.mark.parametrize("sort", ["newest", "oldest", "changed", "title"])
def test_pages_follow_each_other_without_gap_or_repeat(client, ann, sort):
    for number in range(60):
        make.entry(ann, title=f"Entry {number % 7}", started=f"20{10 + number % 5}")

    seen, address = [], f"/me/entries/?sort={sort}"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'name="entry" value="(\d+)"', page)
        more = re.search(r'<a class="button" href="(\?[^"]+)" rel="next"', page)
        address = f"/me/entries/{more[1].replace('&amp;', '&')}" if more else ""

    assert len(seen) == len(set(seen)) == 60


def test_many_are_deleted_at_once_and_brought_back(client, ann):
    entries = [make.entry(ann, title=f"Entry {number}") for number in range(3)]
    foreign = make.entry(make.member(), title="Not hers")
    keys = [entry.pk for entry in [*entries[:2], foreign]]

    answer = client.post("/me/entries/selected/", {"entry": keys, "do": "bin"}, follow=True)
    deleted = titles(client, "/me/entries/")
    undo(client, answer)

    assert "2 entries are in the bin." in answer.content.decode()
    assert deleted == ["Entry 2"]
    assert sorted(titles(client, "/me/entries/")) == ["Entry 0", "Entry 1", "Entry 2"]
    assert Entry.objects.get(pk=foreign.pk).deleted_at is None


def test_many_are_shown_to_others_at_once_and_hidden_again(client, ann):
    shown = make.entry(ann, visibility=Visibility.COUNSELLOR)
    private = make.entry(ann)
    draft = make.entry(ann, state="draft")
    keys = [shown.pk, private.pk, draft.pk]

    answer = client.post("/me/entries/selected/", {"entry": keys, "do": "show", "visibility": "4"}, follow=True)
    opened = dict(Entry.objects.values_list("pk", "visibility"))
    undo(client, answer)

    assert opened == {shown.pk: 4, private.pk: 4, draft.pk: 1}
    assert dict(Entry.objects.values_list("pk", "visibility")) == {shown.pk: 2, private.pk: 1, draft.pk: 1}


def test_nobody_under_18_opens_many_to_everyone(client):
    minor = make.member(age_band="13-17")
    client.force_login(minor)
    entry = make.entry(minor)

    client.post("/me/entries/selected/", {"entry": entry.pk, "do": "show", "visibility": "4"})

    assert Entry.objects.get().visibility == Visibility.COUNSELLOR


def test_a_note_of_somebody_else_undoes_nothing(client, ann):
    entry = make.entry(ann)
    answer = client.post("/me/entries/selected/", {"entry": entry.pk, "do": "bin"}, follow=True)
    client.force_login(make.member())

    undo(client, answer)

    assert Entry.objects.get().deleted_at is not None


def test_a_new_entry_can_be_undone(client, ann):
    post = {"title": "By mistake", "started": "2026", "state": "completed", "visibility": "1"}
    sets = ("evidence", "links", "kept", "uploads", "collaborators")
    post |= {f"{name}-{part}_FORMS": 0 for name in sets for part in ("TOTAL", "INITIAL")}

    undo(client, client.post("/me/entries/new/project/", post, follow=True))

    assert titles(client, "/me/entries/") == []


BAD_SELECTIONS = [
    {},
    {"entry": "x"},
    {"entry": ["1", "-1"]},
    {"entry": "9" * 30},
    {"entry": "٣"},
    {"entry": "1", "do": "burn"},
    {"undo": "x"},
]


@pytest.mark.parametrize("sent", BAD_SELECTIONS)
def test_bad_selections_change_nothing_and_say_so(client, ann, sent):
    make.entry(ann)

    for address in ("/me/entries/selected/", "/me/entries/undo/"):
        answer = client.post(address, {"do": "bin", **sent} if address.endswith("selected/") else sent, follow=True)
        assert answer.status_code == 200

    assert Entry.objects.get().deleted_at is None


def test_the_bin_gives_back_and_asks_before_it_deletes_for_good(client, ann):
    kept, gone = make.entry(ann, title="Kept"), make.entry(ann, title="Gone")
    client.post("/me/entries/selected/", {"entry": [kept.pk, gone.pk], "do": "bin"})

    client.post("/me/entries/bin/", {"entry": kept.pk, "do": "restore"})
    asked = client.post("/me/entries/bin/", {"entry": gone.pk, "do": "erase"})
    still_there = Entry.objects.filter(pk=gone.pk).exists()
    client.post("/me/entries/bin/", {"entry": gone.pk, "do": "erase", "sure": "yes"})

    assert "Delete one entry for good?" in asked.content.decode()
    assert still_there
    assert list(Entry.objects.values_list("title", flat=True)) == ["Kept"]


def test_only_what_is_in_the_bin_can_be_deleted_for_good(client, ann):
    entry = make.entry(ann)
    foreign = make.entry(make.member())

    client.post("/me/entries/bin/", {"entry": [entry.pk, foreign.pk], "do": "erase", "sure": "yes"})

    assert Entry.objects.count() == 2
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "/me/..//evil", "javascript:alert(1)", "/cms/"]
)
def test_the_way_back_stays_here(client, ann, address):
    entry = make.entry(ann)

    answer = client.post("/me/entries/selected/", {"entry": entry.pk, "do": "bin", "next": address})

    assert answer.headers["Location"].startswith("/me/")
