"""The CMS, the desk and moderation open to nobody with a password alone; members' own pages ask for nothing more."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.accounts.second_factor import SET_UP_HERE
from home.models import User
from tests import make
from tests.home.members import PASSWORD, app_code, member, sign_in, where, with_app
from tests.test_access import ROUTES, address

pytestmark = pytest.mark.django_db

GUARDED = [route for route in ROUTES if route.startswith(("cms/", "counselling/", "moderation/"))]
STAFF = ["Counsellors", "Leads", "Moderators", "Editors", "is_staff", "superuser"]


@pytest.fixture(autouse=True)
def on(settings):
    settings.SECOND_FACTOR = True


def somebody(role, **fields):
    """A member who signs in with PASSWORD and has the role."""
    person = member(f"{role.lower().replace('_', '')}@example.org", is_staff=role == "is_staff", **fields)
    User.objects.filter(pk=person.pk).update(is_superuser=role == "superuser")
    person.groups.set(Group.objects.filter(name=role))
    return person


def why(place):
    return f"/accounts/second-factor/?next={place.replace('/', '%2F')}"


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_guarded_address_opens_with_a_password_alone(client, role, method):
    client.force_login(somebody(role))

    answers = {route: getattr(client, method)(address(route)) for route in GUARDED}

    open_to = [route for route, answer in answers.items() if not answer.headers.get("Location", "").startswith(why(""))]
    assert open_to == []


@pytest.mark.parametrize("place", ["/cms/", "/counselling/", "/moderation/"])
def test_a_group_that_operators_made_is_asked_as_well(client, place):
    group = Group.objects.create(name="Translators")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person = member()
    person.groups.add(group)
    client.force_login(person)

    assert where(client.get(place)) == (302, why(place))


def test_a_page_is_named_to_come_back_to_and_a_form_is_not(client):
    client.force_login(somebody("Counsellors"))

    read = client.get("/counselling/?state=quiet")
    sent = client.post("/counselling/recommend/", {"text": "Words"})

    assert where(read) == (302, why("/counselling/") + "%3Fstate%3Dquiet")
    assert where(sent) == (302, why("/counselling/"))


def test_a_part_of_a_page_takes_the_whole_page_along(client):
    client.force_login(somebody("Counsellors"))

    part = client.get("/counselling/?state=quiet", headers={"HX-Request": "true"})

    assert part.content == b""
    assert part.headers["HX-Redirect"] == why("/counselling/")


@pytest.mark.parametrize("place", ["/cms/", "/counselling/", "/moderation/"])
def test_others_get_what_they_always_got(client, settings, place):
    client.force_login(member())
    asked = where(client.get(place))
    settings.SECOND_FACTOR = False

    assert asked == where(client.get(place))
    assert where(Client().get(place))[0] in (302, 404)


def test_the_page_says_why_and_keeps_only_guarded_places(client):
    client.force_login(somebody("Counsellors"))

    page = client.get(why("/counselling/")).content.decode()
    places = ("//evil.example/cms/", "/me/")
    elsewhere = [client.get(f"/accounts/second-factor/?next={place}").content.decode() for place in places]

    assert 'name="next" value="/counselling/"' in page
    assert "second lock" in page
    assert all('name="next" value=""' in each for each in elsewhere)


@pytest.mark.django_db(transaction=True)
def test_whoever_sets_up_an_app_comes_back_to_where_they_were(client, still):
    client.force_login(somebody("Counsellors"))
    client.post("/accounts/second-factor/", {"next": "/counselling/"})
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")

    made = client.post("/accounts/2fa/totp/activate/", {"code": app_code(page.context["form"].secret)})

    assert where(made) == (302, "/accounts/2fa/recovery-codes/")
    assert 'href="/counselling/"' in client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert client.get("/counselling/").status_code == 200


@pytest.mark.parametrize("role", ["Counsellors", "Moderators"])
def test_whoever_signs_in_with_the_app_goes_straight_in(client, still, role):
    secret = with_app(somebody(role))
    sign_in(client, f"{role.lower()}@example.org")
    before = client.get("/cms/")
    client.post("/accounts/2fa/authenticate/", {"code": app_code(secret)})

    assert before.status_code == 302
    assert client.get("/cms/").status_code == 200


def test_a_session_that_never_used_the_factor_has_to_use_it(client, still):
    person = somebody("Counsellors")
    client.force_login(person)
    secret = with_app(person)

    asked = client.get("/counselling/")
    answered = client.post("/accounts/2fa/reauthenticate/", {"code": app_code(secret), "next": "/counselling/"})

    assert where(asked) == (302, "/accounts/2fa/reauthenticate/?next=%2Fcounselling%2F")
    assert where(answered) == (302, "/counselling/")
    assert client.get("/counselling/").status_code == 200


def test_the_last_factor_that_goes_shuts_the_doors(client):
    person = let_in(client, somebody("Counsellors"))
    before = client.get("/counselling/").status_code
    Authenticator.objects.filter(user=person).exclude(type="recovery_codes").delete()

    assert (before, where(client.get("/counselling/"))) == (200, (302, why("/counselling/")))


def let_in(client, person):
    with_app(person)
    client.force_login(person)
    session = client.session
    session[SET_UP_HERE] = person.pk
    session.save()
    return person


def counted(client, place):
    with CaptureQueriesContext(connection) as captured:
        client.get(place)
    return len(captured)


@pytest.mark.parametrize(("place", "more"), [("/counselling/", 1), ("/me/", 0), ("/", 0), ("/accounts/", 0)])
def test_it_costs_one_statement_where_it_stands_and_none_elsewhere(client, settings, place, more):
    let_in(client, somebody("Counsellors"))
    counts = []
    for settings.SECOND_FACTOR in (False, True, False, True):
        counts.append(counted(client, place))

    assert counts[3] - counts[2] == more


def test_members_set_up_nothing(client):
    make.member()
    person = member()
    sign_in(client, person.email, PASSWORD)

    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize("role", STAFF)
def test_where_it_is_off_a_password_is_enough(client, settings, role):
    settings.SECOND_FACTOR = False
    client.force_login(somebody(role))

    told = [client.get(place).headers.get("Location", "") for place in ("/cms/", "/counselling/", "/moderation/")]
    assert [place for place in told if "second-factor" in place] == []
