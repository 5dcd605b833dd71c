"""A member with one of everything, whose every text holds a word that stands nowhere else."""

from datetime import timedelta
from itertools import count

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from wagtail.users.models import UserProfile

from careers.models import CareerPage, Festival, QuizEdition, Skill
from portfolio import models as ours
from portfolio.forms.entries import MODELS
from portfolio.scales import Kind
from tests import make

PASSWORD = "a long pass phrase"
# What opens something by itself; no copy may hold it.
SECRET = "opensesame"
# What others told the moderators, which is theirs.
REPORTED = "bandicoot"
numbers = count(1)


def member(word):
    """A member who has at least one row in every table that can be a member's."""
    owner = make.member(email=f"{word}@example.org", first_name=word, last_name=word)
    owner.groups.set(Group.objects.filter(name="Editors"))
    owner.user_permissions.add(Permission.objects.first())
    owner.emailaddress_set.create(email=f"{word}@example.org", verified=True, primary=True)
    owner.emailaddress_set.create(email=f"{word}@other.example")
    Authenticator.objects.create(user=owner, type="webauthn", data={"name": word, "credential": SECRET})
    Authenticator.objects.create(user=owner, type="totp", data={"secret": SECRET})
    UserSession.objects.create(user=owner, ip="192.0.2.7", session_key=f"{SECRET}{next(numbers)}", user_agent=word)
    UserProfile.objects.create(user=owner, avatar=ContentFile(word.encode(), name="me.png"))
    links = [{"url": f"https://{word}.example/", "label": word}]
    made(ours.Profile, word, owner=owner, career=CareerPage.objects.first(), time_zone="Europe/London", links=links)
    made(ours.Goal, word, owner=owner, career=CareerPage.objects.first())
    made(ours.InterestResult, word, owner=owner, edition=QuizEdition.objects.first(), taken_on="2026-03-02")
    made(ours.CPDCycle, word, owner=owner, starts="2026-01-01", ends="2026-12-31")
    made(ours.CalendarAddress, word, owner=owner, digest=f"{SECRET}{word}")
    label = made(ours.Label, word, owner=owner)
    entries = {kind: entry(owner, kind, word) for kind in Kind}
    film = entries[Kind.PROJECT]
    ours.EntryLabel.objects.create(tag=label, content_object=film)
    made(ours.Collaborator, word, project=film)
    made(ours.WeekLog, word, internship=entries[Kind.INTERNSHIP], starts="2026-03-02")
    ours.FestivalSubmission.objects.filter(owner=owner).update(work=film, festival=Festival.objects.first())
    made(ours.StatusChange, word, submission=entries[Kind.FESTIVAL])
    with_evidence(film, word)
    made(ours.Endorsement, word, evidence=with_evidence(make.entry(make.member()), "theirs"), endorser=owner, level=2)
    made(ours.Link, word, entry=film)
    clip = attachment(film, word)
    made(ours.Reminder, word, entry=film, due_on="2026-12-24", days_before=7)
    made(ours.Feature, word, entry=film, attachment=clip, url="")
    shown(owner, film, word)
    made(ours.FormToken, word, owner=owner, entry=film)
    counselled(owner, film, word)
    counselling(owner, word)
    return owner


def counselled(owner, film, word):
    """What comes of letting a counsellor in."""
    counsellor = make.counsellor()
    now = timezone.now()
    met = made(
        ours.Connection, word, student=owner, counsellor=counsellor, granted_at=now, ends_at=now + timedelta(days=9), ended_by=""
    )
    made(ours.Handover, word, connection=met, to=make.counsellor())
    made(ours.PlanStep, word, student=owner, connection=met, skill=Skill.objects.first(), entry=film)
    plan = made(ours.ActionPlan, word, connection=met)
    made(ours.PlanAction, word, goal=made(ours.PlanGoal, word, plan=plan))
    made(ours.PlanEvent, word, plan=plan, side="student")
    made(ours.Meeting, word, connection=met, starts_at=now, channel="video")
    made(ours.Feedback, word, entry=film, connection=met)
    made(ours.Notice, word, owner=owner, what="step", connection=met)


def counselling(owner, word):
    """What somebody has who is a counsellor as well."""
    made(ours.Counsellor, word, user=owner)
    made(ours.Seat, word, user=owner, team=ours.Team.objects.create(name=f"Team {next(numbers)}"))
    cohort = made(ours.Cohort, word, counsellor=owner)
    soon = timezone.now() + timedelta(days=9)
    made(ours.Invitation, word, counsellor=owner, cohort=cohort, nonce=f"{SECRET}{next(numbers)}", expires_at=soon)
    made(ours.Encounter, word, counsellor=owner, cohort=cohort, benchmark=5, on="2026-03-02")


def shown(owner, film, word):
    """What comes of showing a film to others."""
    now = timezone.now()
    link = made(ours.ShareLink, word, owner=owner, digest=f"{SECRET}{word}", starts_at=now, ends_at=now + timedelta(days=7))
    link.entries.add(film)
    made(ours.AccessEvent, word, owner=owner, what="link", link=link, entry=film)
    made(ours.ConsentEvent, word, owner=owner, about="link")
    made(ours.Message, word, owner=owner)
    made(ours.Report, REPORTED, owner=owner, entry=film, ground="other")


def entry(owner, kind, word):
    return made(MODELS[kind], word, owner=owner, kind=kind, started="2026-03", minutes=60)


def with_evidence(entry, word):
    """A piece of evidence of the entry, asked about and confirmed."""
    piece = made(ours.Evidence, word, entry_id=entry.pk, skill=Skill.objects.first(), level=3)
    soon = timezone.now() + timedelta(days=30)
    asked = made(ours.EndorsementRequest, word, entry_id=entry.pk, nonce=f"{SECRET}{next(numbers)}", expires_at=soon)
    made(ours.Endorsement, word, evidence=piece, request=asked, level=3)
    return piece


def attachment(entry, word, name=None):
    """A clip with a small picture and captions, each of which says whose it is."""
    clip = ours.Attachment(
        entry_id=entry.pk, medium="video", name=name or f"{word}.mp4", alt=word, content_type="video/mp4", size=9
    )
    for part, ending in {"file": "mp4", "preview": "webp", "captions": "vtt"}.items():
        getattr(clip, part).save(f"{part}.{ending}", ContentFile(f"{word} {part}".encode()), save=False)
    clip.save()
    return clip


def made(model, word, **given):
    """A row in which every text that its owner could fill, and that is not given, holds the word."""
    texts = {each.name: text(each, word) for each in model._meta.concrete_fields if is_filled(each) and each.name not in given}
    return model.objects.create(**texts, **given)


def is_filled(field):
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return is_text and not field.choices and field.name != "kind"


def text(field, word):
    if isinstance(field, models.JSONField):
        return [word]
    if isinstance(field, models.EmailField):
        return f"{word}@example.net"
    if isinstance(field, models.URLField):
        return f"https://{word}.example/"
    return word[: field.max_length]
