"""Groups, their permissions and the review workflow, as data; put in place after every migration."""

from django.apps import apps
from django.conf import settings

PAGE_RIGHTS = {"Editors": ["add", "change"], "Moderators": ["add", "change", "publish", "lock", "unlock"]}
SNIPPET_RIGHTS = {
    "Editors": ["add", "change", "view"],
    "Moderators": ["add", "change", "view", "delete", "publish", "lock", "unlock"],
}
# Counsellors write courses and picks in the CMS; somebody else publishes them.
COURSE_RIGHTS = {"Counsellors": ["add", "change", "view"]}
# Readers' reports say nothing of who wrote them; whoever works on the guide may answer them.
REPORT_RIGHTS = {"Editors": ["view", "change"], "Moderators": ["view", "change"]}
# What a group may do with what members show, to everybody or to their counsellor.
RECORD_RIGHTS = {"Moderators": ["moderate"], "Counsellors": ["counsel"], "Leads": ["lead"]}
WORKFLOW = "Guide review"
# Picks go another way: any of these approves, except whoever wrote it.
PICK_WORKFLOW, PICK_REVIEWERS = "Pick review", ["Moderators", "Counsellors"]


def sync(sender, using="default", **kwargs):
    """Give each group what the tables above say, and send the guide and its picks through their reviews."""
    # Wagtail makes the publish and lock permissions of snippets after their own app; its admin comes later still.
    if sender.label != "wagtailadmin":
        return
    from .models import GuideSnippet

    snippets = [model for model in apps.get_models() if issubclass(model, GuideSnippet)]
    picks = [apps.get_model("courses", "Recommendation")]
    allow([*snippets, *picks, apps.get_model("careers", "Source")], SNIPPET_RIGHTS, using)
    allow([*(model for model in snippets if model._meta.app_label == "courses"), *picks], COURSE_RIGHTS, using)
    allow([apps.get_model("home", "ReaderReport")], REPORT_RIGHTS, using)
    allow_in_the_record(using)
    allow_translating(using)
    review(snippets, using)
    review_picks(picks[0])


def allow(models, rights_of, using):
    """Give each group of the table its rights on the models, and a way into the CMS."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    apps_of = {model._meta.app_label for model in models}
    for label in apps_of:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    for name, rights in rights_of.items():
        group, _ = Group.objects.get_or_create(name=name)
        codenames = [f"{right}_{model._meta.model_name}" for model in models for right in rights]
        group.permissions.add(*Permission.objects.filter(codename__in=codenames, content_type__app_label__in=apps_of))
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))


def allow_in_the_record(using):
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(apps.get_app_config("portfolio"), verbosity=0, using=using)
    for name, rights in RECORD_RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(codename__in=rights, content_type__app_label="portfolio"))


def allow_translating(using):
    """A place in the tree for each language of the site, and the right to translate pages for whoever may change them."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import Locale

    for code, _ in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    create_permissions(apps.get_app_config("simple_translation"), verbosity=0, using=using)
    permission = Permission.objects.get(content_type__app_label="simple_translation", codename="submit_translation")
    for name in PAGE_RIGHTS:
        Group.objects.get(name=name).permissions.add(permission)


def review(snippets, using):
    """One workflow, one step (a moderator approves), for every page and every snippet."""
    from django.contrib.auth.models import Group
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

    root = Page.get_first_root_node()
    if root is None:
        return
    workflow, made = Workflow.objects.get_or_create(name=WORKFLOW)
    if made:
        task = GroupApprovalTask.objects.create(name="A moderator approves")
        task.groups.add(Group.objects.get(name="Moderators"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    for content_type in ContentType.objects.get_for_models(*snippets).values():
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
    permit_pages(root)


def review_picks(pick):
    """One workflow, one step (a second person approves), for every pick."""
    from django.contrib.auth.models import Group
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

    workflow, made = Workflow.objects.get_or_create(name=PICK_WORKFLOW)
    if made:
        task = apps.get_model("courses", "SecondPersonTask").objects.create(name="A second person approves")
        task.groups.set(Group.objects.filter(name__in=PICK_REVIEWERS))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    content_type = ContentType.objects.get_for_model(pick)
    WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})


def permit_pages(root):
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    for name, rights in PAGE_RIGHTS.items():
        group = Group.objects.get(name=name)
        for right in rights:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
