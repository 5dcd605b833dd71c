"""The facts of an entry in words, in the order they are read; what never becomes public stands apart."""

from django.utils.translation import gettext

from careers.pay import money
from home.wording import day_words

from .scales import Kind

# What nobody but the owner ever sees, whatever the visibility: fees, budgets, contacts, tracking.
PRIVATE = {
    Kind.PROJECT: ["budget_band"],
    Kind.INTERNSHIP: ["supervisor_name", "supervisor_role", "supervisor_email", "early_end_reason"],
    Kind.FESTIVAL: ["fee", "fee_paid_on", "waiver_code", "tracking_number", "screener_link"],
    Kind.CPD: ["cost", "funded_by"],
}
SHOWN = {
    Kind.PROJECT: """format status original_title credit_kind credited_as uncredited_reason basis commissioner runtime genres
        countries languages logline synopsis days_worked achievements shooting_format aspect_ratio""".split(),
    Kind.INTERNSHIP: "placement department site pay objectives outcome has_reference sign_off signed_on".split(),
    Kind.FESTIVAL: """work edition category deadline_on deadline_tier platform submitted_on notified_on announced_on event_starts
        event_ends premiere city country website award prize screenings""".split(),
    Kind.CPD: """activity is_structured url location aim outcome application next_step proof certificate_issuer
        certificate_number certificate_issued certificate_expires""".split(),
}
# What others see of those: not how somebody got on, what a submission cost in dates and forms, or why something ended.
PUBLIC = {
    Kind.PROJECT: """format original_title credited_as commissioner runtime genres countries languages logline synopsis
        achievements shooting_format aspect_ratio""".split(),
    Kind.INTERNSHIP: "placement department site".split(),
    Kind.FESTIVAL: "edition category city country award screenings".split(),
    Kind.CPD: "activity is_structured url location certificate_issuer certificate_issued certificate_expires".split(),
}


def public(entry, has_hours=True):
    """Pairs of a label and its words: the facts that somebody else may see, empty ones left out."""
    hours = [(gettext("Hours"), entry.hours_words)] if has_hours else []
    found = hours + [fact(entry.details, name) for name in PUBLIC[entry.kind]]
    return [(label, value) for label, value in found if value]


def shown(entry):
    """Pairs of a label and its words: the facts that the entry's visibility covers."""
    hours = [(gettext("Hours"), entry.hours_words)]
    return hours + [fact(entry.details, name) for name in SHOWN[entry.kind]]


def private(entry):
    """Pairs of a label and its words: the facts that stay with the owner; empty ones are left out."""
    found = [fact(entry.details, name) for name in PRIVATE[entry.kind]]
    return [(label, value) for label, value in found if value]


def fact(details, name):
    field = details._meta.get_field(name)
    return field.verbose_name[:1].upper() + field.verbose_name[1:], words(details, name, field)


def words(details, name, field):
    value = getattr(details, name)
    if value in (None, "", False):
        return ""
    if value is True:
        return gettext("Yes")
    if name == "runtime":
        return details.runtime_words
    if name in ("fee", "cost"):
        return money(value, getattr(details, f"{name}_currency")).strip()
    if hasattr(value, "strftime"):
        return day_words(value)
    return getattr(details, f"get_{name}_display")() if field.choices else str(value)
