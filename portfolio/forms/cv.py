"""What somebody asks of a CV: for which role, on which paper, and, of their own, for whose eyes."""

from django import forms
from django.utils.translation import gettext_lazy

PAPERS = [("a4", gettext_lazy("A4")), ("letter", gettext_lazy("US Letter"))]
SHAPES = [("pdf", gettext_lazy("PDF")), ("page", gettext_lazy("Page to print")), ("json", gettext_lazy("JSON Resume"))]


class CVForm(forms.Form):
    """The role a CV is set out for and its paper, as an address names them; what is neither counts as not said."""

    role = forms.SlugField(max_length=255, required=False)
    paper = forms.ChoiceField(choices=PAPERS, required=False)

    @property
    def asked(self):
        """The cleaned values that are any."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ChoiceForm(forms.Form):
    """A member's own CV: whose eyes it is for decides what it holds. `levels` and `roles` are the choices there are."""

    level = forms.ChoiceField(
        label=gettext_lazy("Who will read it?"),
        help_text=gettext_lazy("It holds what these people may see of your record, and nothing else."),
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("For which role?"),
        help_text=gettext_lazy("The skills that the role asks for come first, and your credits name those they show."),
        required=False,
    )
    paper = forms.ChoiceField(label=gettext_lazy("Paper of the PDF"), choices=PAPERS, widget=forms.RadioSelect)
    shape = forms.ChoiceField(choices=SHAPES, widget=forms.HiddenInput)

    def __init__(self, *args, levels, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels
        self.fields["role"].choices = [("", gettext_lazy("No role in particular")), *roles]
