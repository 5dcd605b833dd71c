"""What the record needs once a day: reminders, messages, emptied bins, work left undone, a broom. Safe twice at a time."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks import TaskResultStatus

from courses.checking import check_links
from home.feedback import services as readers
from home.models import User
from portfolio import asking, notifications, posting, resending, sweeping, tasks
from portfolio.counselling import digest, invitations, inviting, reminding
from portfolio.leaving import erasing, exporting, jobs
from portfolio.models import AccessEvent, Entry, Export
from portfolio.services import DAYS_IN_BIN

DAYS_TO_CONFIRM = 7
DAYS_OF_LOOKS = 365


class Command(BaseCommand):
    help = "Sends the mails that wait, empties bins and sweeps up. Run it once a day; once an hour does no harm."

    def handle(self, *args, **options):
        now = timezone.now()
        self.say_what_became_of(self.remind(now))
        self.say_of_requests(self.ask_again(now))
        self.pass_on_messages(now)
        self.invite_again(now)
        self.tell_news(now)
        self.tell_again(now)
        self.stdout.write(f"{self.empty_bin(now)} entries deleted for good after {DAYS_IN_BIN} days in the bin.")
        self.go_on_with_copies(now)
        self.go_on_with_erasures(now)
        self.stdout.write(f"{self.forget_looks(now)} notes of who has looked removed after {DAYS_OF_LOOKS} days.")
        self.stdout.write(f"{sweeping.sweep(now)} files swept up that no entry holds.")
        self.stdout.write(f"{self.forget_sign_ups(now)} sign-ups removed that nobody confirmed in {DAYS_TO_CONFIRM} days.")
        forgotten, days = readers.forget(timezone.localdate(now)), readers.DAYS_AFTER_DECISION
        self.stdout.write(f"{forgotten} reports of readers lost their words, {days} days after a decision or after a year.")
        # Last, for other people's sites may be slow.
        self.stdout.write(f"{check_links(most=settings.LINKS_A_DAY)} addresses of courses looked at.")

    def remind(self, now):
        """How many reminders were sent, how many failed, and how many wait for the worker."""
        found = [(due.entry.pk, due.what.value) for due in notifications.due(now)]
        return Counter(outcome(tasks.send_reminder.enqueue(*each)) for each in found)

    def say_what_became_of(self, reminders):
        self.stdout.write(f"{reminders['sent']} reminders sent, {reminders['waiting']} handed to the worker.")
        if reminders["failed"]:
            self.stderr.write(f"{reminders['failed']} reminders could not be sent. The next run tries them again.")

    def ask_again(self, now):
        """The same for requests to confirm whose mail did not go out when they were made."""
        found = list(asking.unsent(now).values_list("pk", flat=True))
        return Counter(outcome(tasks.send_request.enqueue(pk)) for pk in found)

    def say_of_requests(self, requests):
        self.stdout.write(f"{requests['sent']} requests to confirm sent, {requests['waiting']} handed to the worker.")
        failed = requests["failed"] + requests["not needed"]
        if failed:
            self.stderr.write(f"{failed} requests to confirm could not be sent. The next run tries them again.")

    def invite_again(self, now):
        """Send the invitations whose mail did not go out, and remove those that were over a month ago."""
        found = list(invitations.unsent(now).values_list("pk", flat=True))
        sent = Counter(outcome(tasks.send_invitation.enqueue(pk)) for pk in found)
        self.stdout.write(f"{sent['sent']} invitations sent, {inviting.forget(now)} removed that were over.")
        if failed := sent["failed"] + sent["not needed"]:
            self.stderr.write(f"{failed} invitations could not be sent. The next run tries them again.")

    def pass_on_messages(self, now):
        """Try again what the mail server did not take, until it is a week old."""
        given_up = posting.give_up(now)
        found = Counter(outcome(tasks.send_message.enqueue(key)) for key in posting.waiting())
        self.stdout.write(f"{found['sent']} messages to members passed on, {found['waiting']} handed to the worker.")
        if left := len(posting.waiting()) - found["waiting"]:
            self.stderr.write(f"{left} messages could not be passed on. The next run tries them again.")
        if given_up:
            self.stderr.write(f"{given_up} messages given up, since no mail server took them in {posting.DAYS_TO_TRY} days.")

    def tell_news(self, now):
        """Make news of what is due, and send what waits to everybody who had no such mail today."""
        digest.forget(now)
        reminding.remind(now)
        found = Counter(outcome(tasks.send_news.enqueue(owner)) for owner in digest.due(now))
        self.stdout.write(f"{found['sent']} mails with news sent, {found['waiting']} handed to the worker.")
        if left := len(digest.due(now)) - found["waiting"]:
            self.stderr.write(f"{left} mails with news could not be sent. The next run tries them again.")

    def tell_again(self, now):
        """Try once more what the mail server refused about reports, decisions and answers."""
        claimed = [each for each in resending.waiting(now) if resending.claim(*each)]
        found = Counter(outcome(tasks.AGAIN[what].enqueue(key)) for what, key in claimed)
        if left := len(resending.waiting(now)) - found["waiting"]:
            self.stderr.write(f"{left} mails about reports and answers could not be sent. The next run tries them again.")

    def empty_bin(self, now):
        """How many entries were in the bin for too long. Each goes in a transaction of its own, files and all."""
        old = Entry.objects.filter(deleted_at__lt=now - timedelta(days=DAYS_IN_BIN))
        gone = 0
        for entry in old.order_by("pk").iterator(200):
            # Asked again: its owner may have brought it back since.
            if old.filter(pk=entry.pk).exists():
                entry.delete()
                gone += 1
        return gone

    def go_on_with_copies(self, now):
        """Remove copies whose day is over, and take up those that nobody is packing any more."""
        gone, failed = exporting.expire(now), exporting.give_up(now)
        keys = Export.objects.filter(jobs.left_alone(now)).values_list("pk", flat=True)
        taken = [tasks.pack_copy.enqueue(key) for key in list(keys) if jobs.revive(Export, key, now)]
        self.stdout.write(f"{gone} copies of a record removed after a day, {len(taken)} taken up again, {failed} given up.")

    def go_on_with_erasures(self, now):
        """Take up the erasures that stopped, for whatever reason."""
        outcomes = Counter(outcome(tasks.erase_account.enqueue(key)) for key in erasing.to_take_up(now))
        self.stdout.write(f"{sum(outcomes.values())} erasures of an account taken up again.")
        if outcomes["failed"] or outcomes["not needed"]:
            self.stderr.write("An erasure did not come to its end. The log says why; the next run tries it again.")

    def forget_looks(self, now):
        """How many notes of who has looked are older than a year."""
        return AccessEvent.objects.filter(at__lt=now - timedelta(days=DAYS_OF_LOOKS)).delete()[0]

    def forget_sign_ups(self, now):
        """How many accounts went that were never confirmed, and so never used."""
        old = User.objects.unconfirmed().filter(date_joined__lt=now - timedelta(days=DAYS_TO_CONFIRM))
        return old.delete()[1].get("home.User", 0)


def outcome(result):
    if result.status == TaskResultStatus.FAILED:
        return "failed"
    if result.status == TaskResultStatus.SUCCESSFUL:
        return "sent" if result.return_value else "not needed"
    return "waiting"
