"""Teams of counsellors in the CMS, for those who look after accounts. A seat opens no student's record to anybody."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from home.models import User

from .counselling.querysets import COUNSELLORS
from .models import Seat, Team


class AccountKeepers(BasePermissionPolicy):
    """Whoever may change accounts may say who works together; groups of the guide have no part in it."""

    def user_has_permission(self, user, action):
        return user.is_active and user.has_perm("home.change_user")

    def user_has_any_permission(self, user, actions):
        return self.user_has_permission(user, None)

    def users_with_any_permission(self, actions):
        held = Q(user_permissions__codename="change_user") | Q(groups__permissions__codename="change_user")
        return User.objects.filter(held | Q(is_superuser=True), is_active=True).distinct()


for kept in (Team, Seat):
    register_permission_policy(kept, AccountKeepers(kept))


class SeatForm(WagtailAdminModelForm):
    """Who sits in a team: counsellors and leads only, so that the list of members is not shown to choose from."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(groups__name__in=(COUNSELLORS, "Leads"), is_active=True).distinct()

    def clean(self):
        found = super().clean()
        user = found.get("user")
        if found.get("is_lead") and user and not user.has_perm("portfolio.lead"):
            raise ValidationError(
                {"is_lead": gettext("They are not in the group Leads. Put them there first, under Settings, Users.")}
            )
        return found


class TeamViewSet(ModelViewSet):
    model = Team
    icon = "group"
    form_fields = ["name", "organisation"]
    list_display = ["name", "organisation"]
    search_fields = ["name", "organisation"]
    copy_view_enabled = False
    inspect_view_enabled = False


class SeatViewSet(ModelViewSet):
    model = Seat
    icon = "user"
    menu_label = _("Seats")
    edit_handler = ObjectList(["team", "user", "is_lead"], base_form_class=SeatForm)
    list_display = ["user", "team", Column("is_lead", label=_("Leads the team"))]
    list_filter = ["team", "is_lead"]
    copy_view_enabled = False
    inspect_view_enabled = False


class Teams(ModelViewSetGroup):
    items = (TeamViewSet, SeatViewSet)
    menu_icon = "group"
    menu_label = _("Teams")
    menu_order = 910
