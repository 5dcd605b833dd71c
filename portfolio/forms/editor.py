"""The whole of what is edited at once: an entry's form and the rows that belong to it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext

from .. import services
from ..counselling import steps
from ..files import limits
from ..models import Entry
from ..scales import Kind, State
from .entries import FORMS, MODELS
from .rows import (
    CollaboratorFormSet,
    EvidenceFormSet,
    KeptFormSet,
    LinkFormSet,
    UploadFormSet,
    WeekFormSet,
    skill_choices,
)

# What a button named "more" may ask further rows of.
GROWS = {"evidence", "links", "collaborators", "weeks", "uploads"}
MORE_ROWS = 2
# Fields that are carried along and not typed.
UNSEEN = {"token", "version", "step"}
# The relations that are edited as rows, with the columns that are typed.
ROWS = {
    "evidence": "skill_id level note",
    "links": "url label",
    "collaborators": "name credit",
    "weeks": "starts minutes tasks reflection initials",
}


class Editor:
    """An entry of one kind and its rows: for a new one, or for one that is there; judged once data is given."""

    def __init__(self, owner, kind, entry=None, data=None, files=None, initial=None, dropped=()):
        self.owner, self.kind, self.entry = owner, kind, entry
        self.dropped = [limits.display_name(name) for name in dropped]
        self.data, self.files, self.initial = data, files, initial or {}
        self.sent_before = set()
        made = entry or MODELS[kind](owner=owner, kind=kind)
        self.form = FORMS[kind](data, files, instance=made, owner=owner, initial=self.initial_of_form())
        self.sets = self.formsets()

    def initial_of_form(self):
        return {name: value for name, value in self.initial.items() if name not in ("skill", "shows")}

    def formsets(self):
        evidence = self.rows_of("evidence")
        if self.initial.get("skill"):
            evidence.append({"skill": self.initial["skill"]})
        evidence += self.initial.get("shows", [])
        skills = skill_choices(self.owner, [row["skill"] for row in evidence])
        made = {
            "evidence": self.rows(EvidenceFormSet, "evidence", evidence, form_kwargs={"skills": skills}),
            "links": self.rows(LinkFormSet, "links", self.rows_of("links")),
            "kept": self.rows(KeptFormSet, "kept", self.kept_files()),
            "uploads": self.rows(UploadFormSet, "uploads", []),
        }
        if self.kind == Kind.PROJECT:
            made["collaborators"] = self.rows(CollaboratorFormSet, "collaborators", self.rows_of("collaborators"))
        if self.kind == Kind.INTERNSHIP:
            made["weeks"] = self.rows(WeekFormSet, "weeks", self.rows_of("weeks"))
        return made

    def rows(self, formset, prefix, initial, **options):
        return formset(self.data, self.files, prefix=prefix, initial=initial, **options)

    def rows_of(self, relation):
        if not self.entry:
            return []
        found = getattr(self.entry, relation).values(*ROWS[relation].split())
        return [{name.removesuffix("_id"): value for name, value in row.items()} for row in found]

    def kept_files(self):
        files = self.entry.attachments.all() if self.entry else []
        self.attachments = {file.pk: file for file in files}
        return [{"key": file.pk, "alt": file.alt} for file in files]

    def kept_rows(self):
        """The rows of the files that the entry has, each with its file."""
        for row in self.sets["kept"]:
            row.attachment = self.attachments.get(int(row["key"].value() or 0) if str(row["key"].value()).isdecimal() else 0)
        return [row for row in self.sets["kept"] if row.attachment]

    # Judging

    def is_valid(self):
        """Whether everything may be saved; all of it is looked at, so that all that is wrong is said at once."""
        sound = [self.form.is_valid(), *(each.is_valid() for each in self.sets.values())]
        return all(sound) and not self.dropped and self.has_room()

    def has_room(self):
        """Whether the files fit the entry and their owner's quota; the row of the first that does not says so."""
        removed = sum(1 for row in self.sets["kept"].rows() if row["remove"])
        count, used = len(self.attachments) - removed, services.bytes_of(self.owner)
        for row in self.sets["uploads"].forms:
            if not row.cleaned_data:
                continue
            size = row.cleaned_data["file"].size
            try:
                limits.room(count, used, size, quota=settings.UPLOAD_QUOTA)
            except limits.Refused as reason:
                row.add_error("file", ValidationError(str(reason)))
                return False
            count, used = count + 1, used + size
        return True

    def errors(self):
        """Everything to fix, as pairs of the id of an input (empty for the whole form) and a sentence."""
        most = limits.in_words(max(limit.most_bytes for limit in limits.TABLE.values()))
        found = [
            ("", gettext("“{name}” is larger than {most}, the most that any file may have.").format(name=name, most=most))
            for name in self.dropped
        ]
        found += errors_of(self.form)
        for each in self.sets.values():
            found += [("", error) for error in each.non_form_errors()] if each.is_bound else []
            found += [pair for form in each for pair in errors_of(form)]
        return found

    def has_files_or_links(self):
        return bool(self.attachments) or self.sets["links"].filled or self.sets["uploads"].filled

    def has_files_to_choose_again(self):
        return bool(self.dropped) or any(row.files for row in self.sets["uploads"].forms)

    def says_more(self):
        """Whether the form, found to be valid, holds anything that its entry does not."""
        typed = set(self.form.changed_data) - UNSEEN
        rows = [name for name in ROWS if name in self.sets and self.sets[name].rows() != self.rows_of(name)]
        return bool(typed or rows)

    # Other ways than saving

    def grow(self, prefix):
        """Two more rows of a kind; nothing that was typed is judged yet."""
        if prefix in GROWS & set(self.sets):
            data = self.data.copy()
            name = f"{prefix}-TOTAL_FORMS"
            data[name] = str(min(int(data[name]) + MORE_ROWS, 60)) if str(data.get(name)).isdecimal() else "2"
            self.data = data
            self.sets = self.formsets()
        for form in [self.form, *(form for each in self.sets.values() for form in each)]:
            form._errors, form.cleaned_data = ErrorDict(), {}
        for each in self.sets.values():
            each._errors, each._non_form_errors = [], ErrorList()

    def save(self, draft=False):
        """The saved entry; Conflict and SavedBefore as services.save_entry raises them."""
        form = self.form
        entry = form.save(commit=False)
        entry.owner, entry.kind = self.owner, self.kind
        entry.stages = form.cleaned_data["stages"]
        if draft:
            entry.state = State.DRAFT
        version = form.cleaned_data["version"] or 0
        return services.save_entry(
            entry=entry,
            parts=self.parts(),
            token=form.cleaned_data["token"],
            version=version if self.entry else None,
            then=self.finish if self.kind == Kind.CPD else None,
        )

    def finish(self, entry):
        """What else saving training does: the step that it is logged for is finished. Raises steps.NotPossible."""
        steps.log(entry=entry, step=self.form.cleaned_data.get("step"))

    def parts(self):
        found = {name: each.rows() for name, each in self.sets.items()}
        chosen = [form for form in self.sets["uploads"] if form.cleaned_data]
        names = [limits.display_name(form.files[form.add_prefix("file")].name) for form in chosen]
        uploads = [
            {**row, "name": name} for row, name in zip(found["uploads"], names, strict=True) if name not in self.sent_before
        ]
        return {"collaborators": [], "weeks": [], **found, "uploads": uploads, "labels": self.form.cleaned_data["labels"]}


def errors_of(form):
    for name, errors in form.errors.items():
        target = form[name].id_for_label or form[name].auto_id if name in form.fields else ""
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        yield from ((target, f"{label}{error}") for error in errors)


def differences(editor, entry):
    """What was typed beside what stands saved meanwhile: label, saved and typed of each field that differs."""
    saved = Editor(editor.owner, editor.kind, entry)
    found = []
    for name, field in editor.form.fields.items():
        if name in UNSEEN:
            continue
        typed, standing = words_of(editor.form[name]), words_of(saved.form[name])
        if typed != standing:
            found.append({"label": field.label, "saved": standing, "typed": typed})
    for name, label in (("evidence", gettext("Evidence")), ("links", gettext("Links"))):
        typed, standing = rows_words(editor.sets[name]), rows_words(saved.sets[name])
        if typed != standing:
            found.append({"label": label, "saved": standing, "typed": typed})
    return found


def words_of(bound):
    """The value of a field as its reader would say it."""
    value = bound.value()
    choices = dict(getattr(bound.field, "flatchoices", None) or flat(getattr(bound.field, "choices", ())))
    if isinstance(value, (list, tuple)):
        return ", ".join(str(choices.get(str(each), each)) for each in value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return str(choices.get(str(value), value if value is not None else "")).replace("\r\n", "\n").strip()


def flat(choices):
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from ((str(each), words) for each, words in label)
        else:
            yield str(value), label


def rows_words(formset):
    lines = [", ".join(filter(None, (words_of(form[name]) for name in form.fields))) for form in formset]
    return "\n".join(line for line in lines if line.strip("—, "))


def editor_for(entry: Entry, owner, **given):
    return Editor(owner, Kind(entry.kind), entry.details, **given)
