"""What a member asks of the list of entries; every input is a valid question."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.scales import Stage
from home.forms import OneOf, QueryField
from home.words import fold

from ..models import Entry
from ..scales import Kind, State, Visibility

ORDERS = {
    "newest": (_("Newest first"), ("started", "id"), True),
    "oldest": (_("Oldest first"), ("started", "id"), False),
    "changed": (_("Last changed first"), ("updated_at", "id"), True),
    "title": (_("By title"), ("title", "id"), False),
}


class Key(forms.CharField):
    """Where a page begins; nonsense is the first page."""

    def to_python(self, value):
        return super().to_python(value).replace("\x00", "")


class EntryFilter(forms.Form):
    q = QueryField(label=_("Search your entries"))
    kind = OneOf(label=_("Kind"), choices=[("", _("Every kind")), *Kind.choices])
    stage = OneOf(label=_("Stage"), choices=[("", _("Every stage")), *((str(value), label) for value, label in Stage.choices)])
    state = OneOf(label=_("Where it stands"), choices=[("", _("All")), *State.choices])
    visibility = OneOf(
        label=_("Who can see it"), choices=[("", _("Anybody")), *((str(value), label) for value, label in Visibility.choices)]
    )
    label = QueryField(label=_("Label"))
    skill = QueryField(label=_("Skill"))
    sort = OneOf(label=_("Sort by"), choices=[(name, words) for name, (words, *_) in ORDERS.items()])
    after = Key(required=False)

    NARROWING = ("q", "kind", "stage", "state", "visibility", "label", "skill")

    def narrow(self, entries):
        """The entries that the questions leave."""
        asked = self.cleaned_data
        exact = {name: asked[name] for name in ("kind", "state", "visibility") if asked[name]}
        entries = entries.filter(**exact).matching(fold(asked["q"]))
        if asked["stage"]:
            entries = entries.in_stages([asked["stage"]])
        if asked["label"]:
            entries = entries.filter(labels__name=asked["label"])
        if asked["skill"]:
            entries = entries.filter(evidence__skill__slug=asked["skill"])
        return entries

    def page(self, entries, size):
        """One page of the entries in the order asked for, and the key of the last if there are more."""
        _, names, is_descending = ORDERS[self.cleaned_data["sort"]]
        entries = entries.order_by(*(f"-{name}" if is_descending else name for name in names))
        found = list(beyond(entries, names, self.cleaned_data["after"], is_descending)[: size + 1])
        more = key_of(found[size - 1], names[0]) if len(found) > size else ""
        return found[:size], more

    @property
    def is_narrowed(self):
        return any(self.cleaned_data[name] for name in self.NARROWING)


def key_of(entry: Entry, name):
    value = getattr(entry, name)
    return f"{entry.pk}~{value.isoformat() if hasattr(value, 'isoformat') else value}"


def beyond(entries, names, key, is_descending):
    """The entries after the one with the key; a key that is none means from the start."""
    pk, mark, value = key.partition("~")
    if not mark or not pk.isdecimal() or len(pk) > 18:
        return entries
    name, way = names[0], "lt" if is_descending else "gt"
    try:
        value = Entry._meta.get_field(name).to_python(value)
    except forms.ValidationError:
        return entries
    return entries.filter(Q(**{f"{name}__{way}": value}) | Q(**{name: value, f"id__{way}": int(pk)}))
