"""Courses from an editor's table: told beforehand, all or nothing, published only by those who may."""

import csv
import datetime
import io
import time
import tracemalloc
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from courses import admin_exchange
from courses.exporting import exported
from courses.importers import COURSE
from courses.importing import CannotImport, import_courses, plan
from courses.models import Course
from courses.tables import Table
from home.importing import Refused
from tests import make

pytestmark = pytest.mark.django_db
NEW = {"slug": "budgets", "title": "Budgets", "provider": "tide", "url": "https://tide.example/budgets", "kind": "online"}


@pytest.fixture(autouse=True)
def tide():
    return make.provider("Tidewater", slug="tide")


def written(*rows):
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def table(*rows):
    return Table("x.csv", written(*rows), COURSE)


def catalogue():
    return "".join(exported())


def reasons(*rows, user=None):
    return [f"{problem.line}: {problem.reason}" for problem in plan(table=table(*rows), user=user).problems]


def full():
    """A course with everything that a table can say, and some of it hostile."""
    return make.course(
        '=HYPERLINK("x"), "quoted"; and \'so\'',
        slug="Full_1",
        summary="Zwei\r\nZeilen; und '=1",
        teaches=[(make.skill(slug="one"), 3), (make.skill(slug="two"), 1)],
        level="beginner",
        framework_level=3,
        mode="blended",
        language="العربية",
        hours=Decimal("7.5"),
        length="-1 week",
        length_status="confirmed",
        cost="paid",
        price_low=Decimal("11.95"),
        price_high=Decimal("1000"),
        currency="GBP",
        starts_on=datetime.date(2027, 1, 31),
        age_from=0,
        age_to=18,
        prerequisites="@home\tand 'quoted'",
        checked_on=datetime.date(2026, 5, 1),
        checked_by="+Ann",
    )


def test_what_is_exported_imports_as_nothing_new():
    full()
    call_command("load_courses", verbosity=0)
    before = catalogue()

    found = plan(table=Table("x.csv", before.encode(), COURSE), user=None)
    import_courses(table=Table("x.csv", before.encode(), COURSE), user=None)

    assert found.numbers == {"added": 0, "changed": 0, "unchanged": 38, "refused": 0}
    assert catalogue() == before


def test_an_export_brings_back_what_was_deleted():
    full()
    call_command("load_courses", verbosity=0)
    before = catalogue()
    Course.objects.all().delete()

    done = import_courses(table=Table("x.csv", before.encode(), COURSE), user=None)

    assert done.numbers == {"added": 38, "changed": 0, "unchanged": 0, "refused": 0}
    assert catalogue() == before
    assert Course.objects.filter(live=True, has_unpublished_changes=False).count() == 38


def test_a_new_course_is_added_and_published():
    make.skill(slug="money")

    import_courses(table=table({**NEW, "skills": "money:2", "hours": "7.5", "level": "Beginners"}), user=None)

    course = Course.objects.get(slug="budgets")
    assert (course.live, course.title, course.hours, course.level) == (True, "Budgets", Decimal("7.5"), "beginner")
    assert [(each.skill.slug, each.level) for each in course.outcomes.all()] == [("money", 2)]
    assert course.live_revision.as_object().outcomes.count() == 1


def test_columns_that_are_not_there_leave_their_fields_alone_and_empty_cells_empty_them():
    course = make.course(slug="old", summary="Kept", awards="A badge", teaches=[make.skill(slug="money")])

    found = plan(table=table({"slug": "old", "awards": "", "title": "New"}), user=None)
    import_courses(table=table({"slug": "old", "awards": "", "title": "New"}), user=None)

    course.refresh_from_db()
    assert [(each.slug, each.fields) for each in found.changed] == [("old", ["awards", "title"])]
    assert (course.title, course.summary, course.awards, course.outcomes.count()) == ("New", "Kept", "", 1)


def test_skills_that_stay_keep_their_rows():
    one, two, three = (make.skill(slug=name) for name in ("one", "two", "three"))
    course = make.course(slug="old", teaches=[(one, 1), (two, 2)])
    kept = course.outcomes.get(skill=two).pk

    import_courses(table=table({"slug": "old", "skills": "three:1;two:4"}), user=None)

    rows = Course.objects.get(slug="old").outcomes.order_by("sort_order").values_list("skill__slug", "level", "pk")
    assert [row[:2] for row in rows] == [("three", 1), ("two", 4)]
    assert rows[1][2] == kept


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"slug": "a b"}, "slug: 'a b' is not a short name of letters, figures and hyphens"),
        ({"title": ""}, "title: it is missing"),
        ({"title": "x" * 121}, "title: it has 121 characters; at most 120 fit"),
        ({"provider": "nobody"}, "provider: there is no 'nobody'"),
        ({"source": "nowhere"}, "source: there is no 'nowhere'"),
        ({"skills": "telepathy:1"}, "skills: there is no 'telepathy'"),
        ({"skills": "money"}, "skills: 'money' is not a skill with a level from 1 to 4, such as budgeting:2"),
        ({"skills": "money:5"}, "skills: 'money:5' is not a skill with a level from 1 to 4, such as budgeting:2"),
        ({"skills": "money:1;money:2"}, "skills: money is there twice"),
        ({"skills": ";".join(f"s{n}:1" for n in range(31))}, "skills: it names 31 skills; at most 30 fit"),
        ({"url": "javascript:alert(1)"}, "url: 'javascript:alert(1)' is not a web address"),
        ({"url": "https://a..b/"}, "url: Enter a valid URL."),
        ({"kind": "telepathic"}, "kind: 'telepathic' is not one of apprenticeship, college, "),
        ({"price_low": "11,95"}, "price_low: '11,95' is not a number such as 120 or 11.95"),
        ({"price_low": "-1"}, "price_low: '-1' is not a number such as 120 or 11.95"),
        ({"price_low": "1" * 5000}, "price_low: '"),
        ({"price_low": "٣"}, "price_low: '٣' is not a number such as 120 or 11.95"),
        ({"price_low": "9", "price_high": "8"}, "price_low: it is above price_high"),
        ({"age_from": "1999"}, "age_from: 1999 is not between 0 and 120"),
        ({"age_from": "18", "age_to": "16"}, "age_from: it is above age_to"),
        ({"framework_level": "9" * 5000}, "framework_level: "),
        ({"currency": "pounds"}, "currency: it has 6 characters; at most 3 fit"),
        ({"starts_on": "2026-02-30"}, "starts_on: '2026-02-30' is not a date such as 2026-05-01"),
        ({"checked_on": "01.05.2026"}, "checked_on: '01.05.2026' is not a date such as 2026-05-01"),
        ({"status": "perhaps"}, "status: 'perhaps' is not one of confirmed, "),
    ],
)
def test_a_bad_cell_is_refused_with_its_line_and_reason(cells, reason):
    make.skill(slug="money")
    found = reasons({**NEW, "slug": "fine"}, {**NEW, **cells})

    assert len(found) == 1
    assert found[0].startswith(f"3: {reason}")


def test_figures_are_in_order_with_those_that_are_there_already():
    make.course(slug="old", price_high=Decimal(10))

    assert reasons({"slug": "old", "price_low": "11"}) == ["2: price_low: it is above price_high"]


def test_a_new_course_needs_more_than_a_slug():
    assert reasons({"slug": "new", "awards": "A badge"}) == [
        "2: title: it is a new course and needs one",
        "2: provider: it is a new course and needs one",
        "2: url: it is a new course and needs one",
        "2: kind: it is a new course and needs one",
    ]


def test_one_bad_row_keeps_everything_out():
    make.course(slug="old", title="Old")
    before = catalogue()

    with pytest.raises(CannotImport, match="Nothing was imported"):
        import_courses(table=table(NEW, {**NEW, "slug": "old"}, {**NEW, "slug": "bad", "kind": "x"}), user=None)

    assert catalogue() == before


def test_the_same_key_twice_is_refused():
    assert reasons(NEW, {**NEW, "slug": "other"}, NEW) == ["4: slug: budgets is in line 2 already"]


def test_what_a_counsellor_imports_waits_as_drafts():
    counsellor = make.counsellor()
    old = make.course(slug="old", title="Old", teaches=[make.skill(slug="money")])
    rows = table(NEW, {**NEW, "slug": "old", "title": "New", "provider": old.provider.slug, "url": old.url})

    import_courses(table=rows, user=counsellor)

    new = Course.objects.get(slug="budgets")
    old.refresh_from_db()
    assert (new.live, new.has_unpublished_changes, new.latest_revision.user) == (False, True, counsellor)
    assert (old.live, old.title, old.get_latest_revision_as_object().title) == (True, "Old", "New")
    assert plan(table=rows, user=counsellor).numbers == {"added": 0, "changed": 0, "unchanged": 2, "refused": 0}


def test_what_a_moderator_imports_is_published():
    import_courses(table=table(NEW), user=make.user("Moderators"))

    assert Course.objects.get(slug="budgets").live


def test_a_draft_that_waits_is_not_published_along_with_an_import():
    old = make.course(slug="old", title="Old")
    old.title = "A draft"
    old.save_revision()

    found = reasons({"slug": "old", "awards": "A badge"}, user=make.user("Moderators"))

    assert found == ["2: somebody’s changes to it wait to be published: publish or discard them first"]


def test_a_locked_course_is_refused():
    make.course(slug="old")
    Course.objects.filter(slug="old").update(locked=True)

    assert reasons({"slug": "old", "awards": "x"}, user=make.user("Editors")) == ["2: it is locked for editing"]
    assert reasons({"slug": "old", "awards": ""}, user=make.user("Editors")) == []


def test_what_changed_since_the_plan_stops_the_import():
    make.course(slug="old", title="Old", awards="One")
    rows = table({"slug": "old", "awards": "Two"})
    mark = plan(table=rows, user=None).mark
    Course.objects.filter(slug="old").update(awards="Three")

    with pytest.raises(CannotImport, match="Somebody changed the catalogue meanwhile"):
        import_courses(table=rows, user=None, mark=mark)

    assert Course.objects.get(slug="old").awards == "Three"


def test_a_plan_asks_as_often_for_thirty_rows_as_for_one(django_assert_num_queries):
    for number in range(30):
        make.course(slug=f"c{number}", teaches=[make.skill()])
    some = [{"slug": f"c{number}", "awards": "A badge"} for number in range(30)]

    for rows in (some[:1], some):
        with django_assert_num_queries(5):
            plan(table=table(*rows), user=None)


def broken(number):
    """A table of so many rows that cannot be read, and one that could."""
    rows = [f"c{each},T,tide,https://x.example/{each},telepathic,money:9" for each in range(number)]
    lines = ["slug,title,provider,url,kind,skills", *rows, "old,T,tide,https://x.example,online,"]
    return Table("x.csv", "\r\n".join(lines).encode(), COURSE)


def test_a_hundred_thousand_broken_rows_are_told_in_bounded_time_and_change_nothing():
    make.course(slug="old", title="Old")
    before = catalogue()
    content = broken(99_999)

    started = time.process_time()
    found = plan(table=content, user=None)
    took = time.process_time() - started

    assert found.numbers == {"added": 0, "changed": 1, "unchanged": 0, "refused": 99_999}
    assert (len(found.problems), found.number_of_problems) == (200, 199_998)
    assert took < 30
    with pytest.raises(CannotImport, match="some rows cannot be read"):
        import_courses(table=content, user=None)
    assert catalogue() == before


def test_a_plan_holds_a_few_hundred_rows_at_a_time():
    content = broken(5000)

    tracemalloc.start()
    plan(table=content, user=None)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 8 * 2**20


# The commands


def test_a_dry_run_says_what_would_be_done_and_does_nothing(tmp_path, capsys):
    make.course(slug="old")
    file = tmp_path / "courses.csv"
    file.write_bytes(written(NEW, {**NEW, "slug": "old", "kind": "x"}))

    call_command("import_courses", file, "--dry-run")

    said = capsys.readouterr()
    assert said.out == "Would be: 1 added, 0 changed, 0 unchanged, 1 refused.\n"
    assert said.err.startswith("courses.csv, line 3: kind: 'x' is not one of")
    assert not Course.objects.filter(slug="budgets").exists()


def test_the_commands_take_out_and_put_back(tmp_path, capsys):
    full()
    file = tmp_path / "courses.csv"
    call_command("export_courses", file)
    before = catalogue()
    Course.objects.all().delete()

    call_command("import_courses", file)

    assert capsys.readouterr().out == "Were: 1 added, 0 changed, 0 unchanged, 0 refused.\n"
    assert catalogue() == before == file.read_bytes().decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"colour\nred\n", "Nothing was imported.\nbad.csv, line 1: the first line names none"),
        (written({**NEW, "kind": "x"}), "Nothing was imported: some rows cannot be read"),
    ],
)
def test_a_bad_file_ends_the_command_in_words(tmp_path, content, words):
    (tmp_path / "bad.csv").write_bytes(content)

    with pytest.raises(CommandError, match=words):
        call_command("import_courses", tmp_path / "bad.csv")


def test_a_file_that_is_not_there_ends_the_command_in_words(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: No such file"):
        call_command("import_courses", tmp_path / "none.csv")


# The CMS


def upload(client, content, name="courses.csv"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(reverse("courses_import"), {"file": file})


def confirm(client, answer):
    return client.post(reverse("courses_import_confirm"), {"token": answer.context["token"]}, follow=True)


def test_an_editor_looks_before_importing(client):
    make.course(slug="old", title="Old")
    client.force_login(make.user("Moderators"))

    answer = upload(client, written(NEW, {**NEW, "slug": "old"}))

    words = answer.content.decode()
    assert answer.status_code == 200
    assert "UTF-8, with commas between the cells" in words
    assert "(old): title, provider, url" in words
    assert not Course.objects.filter(slug="budgets").exists()

    done = confirm(client, answer)
    assert "1 added and 1 changed, published; 0 were so already." in done.content.decode()
    assert Course.objects.get(slug="old").title == "Budgets"


def test_a_table_is_imported_once(client):
    client.force_login(make.user("Moderators"))
    answer = upload(client, written(NEW))
    confirm(client, answer)

    again = confirm(client, answer)

    assert str(admin_exchange.GONE) in again.content.decode()
    assert Course.objects.filter(slug="budgets").count() == 1


def test_a_token_is_good_for_its_own_table_and_person_alone(client):
    client.force_login(make.user("Moderators"))
    first = upload(client, written(NEW))
    upload(client, written({**NEW, "slug": "other"}))

    confirm(client, first)
    client.force_login(make.user("Moderators"))
    confirm(client, first)
    client.post(reverse("courses_import_confirm"), {"token": "x\0"})

    assert not Course.objects.exists()


def test_a_catalogue_that_changed_meanwhile_is_shown_again(client):
    make.course(slug="old", title="Old")
    client.force_login(make.user("Moderators"))
    answer = upload(client, written({"slug": "old", "title": "New"}))
    Course.objects.filter(slug="old").update(title="Newer")

    again = confirm(client, answer)

    assert again.status_code == 409
    assert "Somebody changed the catalogue meanwhile" in again.content.decode()
    assert Course.objects.get(slug="old").title == "Newer"
    confirm(client, again)
    assert Course.objects.get(slug="old").title == "New"


def test_bad_rows_are_told_and_cannot_be_confirmed(client):
    client.force_login(make.user("Moderators"))

    answer = upload(client, written(NEW, {**NEW, "slug": "<b>x</b>"}))

    assert answer.status_code == 422
    assert answer.context["token"] == ""
    assert "Line 3: slug: &#x27;&lt;b&gt;x&lt;/b&gt;&#x27; is not a short name" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The submitted file is empty."),
        (b"slug,colour\n", "there is no column"),
        (b"\x00\x01\x02", "this is not text that can be read"),
        ("slug".encode("utf-16-le") * 3, "this is not text that can be read"),
    ],
)
def test_a_bad_file_gets_a_sentence_at_its_field(client, content, words):
    client.force_login(make.user("Moderators"))

    answer = upload(client, content)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_no_file_and_a_larger_one_than_we_take_get_a_sentence(client, monkeypatch):
    client.force_login(make.user("Moderators"))
    monkeypatch.setattr(admin_exchange, "MOST_BYTES", 2**20)

    assert client.post(reverse("courses_import")).status_code == 422
    assert "The file is larger than 1 MB." in upload(client, b"x" * (2**20 + 1)).content.decode()


def test_more_than_a_request_can_save_is_refused_in_words(client, monkeypatch):
    monkeypatch.setattr(admin_exchange, "MOST_AT_ONCE", 1)
    client.force_login(make.user("Moderators"))

    answer = upload(client, written(NEW, {**NEW, "slug": "other"}))

    assert answer.status_code == 422
    assert "This would save 2 courses, and at most 1 go at once here." in answer.content.decode()


def test_a_counsellor_is_told_that_the_import_makes_drafts(client):
    client.force_login(make.counsellor())

    answer = upload(client, written(NEW))

    assert "They are kept as drafts until somebody publishes them." in answer.content.decode()
    assert "1 added and 0 changed, kept as drafts" in confirm(client, answer).content.decode()
    assert not Course.objects.get(slug="budgets").live


def test_the_export_is_a_file_that_nobody_keeps(client):
    full()
    client.force_login(make.user("Editors"))

    answer = client.get(reverse("courses_export"))

    assert b"".join(answer.streaming_content).decode() == catalogue()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["courses_export", "courses_import", "courses_import_confirm", "courses_to_check"])
def test_leads_and_members_reach_none_of_it(client, name):
    for person in (make.member(), make.user("Leads")):
        client.force_login(person)

        assert client.get(reverse(name)).status_code in (302, 404)
        assert client.post(reverse(name), {"token": "x"}).status_code in (302, 403, 404)


def test_only_whole_refusals_of_files_are_raised():
    with pytest.raises(Refused):
        Table("x.csv", b"", COURSE)
