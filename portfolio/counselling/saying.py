"""What a mail says of news: one sentence a kind and a person, with nothing of what it is about. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..scales import News, Scope, Side

SOMEBODY = {Side.STUDENT: _("your counsellor"), Side.COUNSELLOR: _("a student")}
# To each side in turn: the words for one piece of news, and for several where they differ.
WORDS = {
    Side.STUDENT: {
        News.ASKED: (_("{who} answered your request"),),
        News.GRANTED: (_("{who} sees what you share"),),
        News.ENDED: (_("{who} is no longer your counsellor and sees nothing of yours"),),
        News.CHANGED: (_("What {who} sees of yours has changed"),),
        News.HANDOVER: (_("{who} suggests that somebody else goes on with you, and you decide"),),
        News.STEP: (_("{who} recommended something"), _("{who} recommended {count} things")),
        News.ANSWER: (_("{who} answered you"),),
        News.FINISHED: (_("{who} looked at something you finished"),),
        News.PLAN: (_("Your plan with {who} has changed"),),
        News.MEETING: (_("{who} set or changed a meeting"), _("{who} set or changed meetings")),
        News.FEEDBACK: (_("{who} commented on an entry"), _("{who} wrote {count} comments on your entries")),
        News.REPLY: (_("{who} answered you about an entry"), _("{who} answered you about your entries")),
        News.ENDORSED: (_("{who} confirmed evidence of yours"),),
    },
    Side.COUNSELLOR: {
        News.ASKED: (_("{who} asks for your help"),),
        News.GRANTED: (_("{who} lets you see something"),),
        News.ENDED: (_("{who} ended what they shared with you"), _("{count} students ended what they shared with you")),
        News.CHANGED: (_("{who} changed what you see"),),
        News.HANDOVER: (_("{who} answered a handover"),),
        News.STEP: (_("{who} put something on their plan"), _("{who} put {count} things on their plan")),
        News.ANSWER: (_("{who} answered a recommendation"), _("{who} answered {count} recommendations")),
        News.FINISHED: (_("{who} finished something you recommended"), _("{who} finished {count} things you recommended")),
        News.PLAN: (_("The plan with {who} has changed"),),
        News.MEETING: (_("A meeting with {who} was set or changed"), _("Meetings with {who} were set or changed")),
        News.FEEDBACK: (_("There is a comment on an entry of {who}"), _("There are {count} comments on entries of {who}")),
        News.REPLY: (_("{who} answered a comment of yours"), _("{who} answered {count} comments of yours")),
        News.ENDORSED: (_("Evidence of {who} was confirmed"),),
    },
}
# Where to read it, by the key of the connection.
PLACES = {
    Side.STUDENT: {
        News.STEP: "/me/steps/",
        News.MEETING: "/me/meetings/",
        **dict.fromkeys([News.FEEDBACK, News.REPLY, News.ENDORSED], "/me/entries/"),
        **dict.fromkeys([News.ASKED, News.GRANTED, News.CHANGED, News.HANDOVER, News.PLAN], "/me/counsellors/{key}/"),
    },
    Side.COUNSELLOR: {
        **dict.fromkeys([News.STEP, News.ANSWER, News.FINISHED, News.PLAN], "/counselling/{key}/plan/"),
        **dict.fromkeys([News.FEEDBACK, News.REPLY, News.ENDORSED], "/counselling/{key}/entries/"),
        News.MEETING: "/counselling/{key}/meetings/",
    },
}
HOME = {Side.STUDENT: "/me/counsellors/", Side.COUNSELLOR: "/counselling/"}
# What a counsellor hears only while the student shares it.
NEEDS = {
    **dict.fromkeys([News.STEP, News.ANSWER, News.FINISHED, News.PLAN], Scope.PLAN),
    **dict.fromkeys([News.FEEDBACK, News.REPLY, News.ENDORSED], Scope.ENTRIES),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the mail: a sentence without its full stop, and the address on the site where the rest is read."""

    sentence: str | Promise
    place: str


# All that is said to somebody under 18: what it is, and from whom, stands on the site.
TO_A_MINOR = Told(_("There is news from your counsellor"), HOME[Side.STUDENT])
OWN_PLAN = Told(_("There is something to look at on your plan"), "/me/steps/")


def tell(side: Side, what: News, who: str, count: int, key: int | None) -> Told:
    """So many pieces of news of a kind, about the connection of this key, to somebody on this side of it."""
    words = WORDS[side][what]
    sentence = words[0 if count == 1 else -1].format(who=who or SOMEBODY[side], count=count)
    if not who:
        sentence = sentence[0].upper() + sentence[1:]
    return Told(sentence, (PLACES[side].get(what, HOME[side]) if key else HOME[side]).format(key=key))


def subject(lines: list[Told]) -> str:
    """The whole mail in a line: "Robin Ash recommended something, and one more thing"."""
    first, more = lines[0].sentence, len(lines) - 1
    return first + (
        ""
        if not more
        else gettext(", and one more thing")
        if more == 1
        else gettext(", and {more} more things").format(more=more)
    )
