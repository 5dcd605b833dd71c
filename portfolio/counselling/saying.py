"""What a mail says of news: one sentence a kind and a person, with nothing of what it is about. Pure."""

from dataclasses import dataclass

from ..scales import News, Scope, Side

SOMEBODY = {Side.STUDENT: "your counsellor", Side.COUNSELLOR: "a student"}
# To each side in turn: the words for one piece of news, and for several where they differ.
WORDS = {
    Side.STUDENT: {
        News.ASKED: ("{who} answered your request",),
        News.GRANTED: ("{who} sees what you share",),
        News.ENDED: ("{who} is no longer your counsellor and sees nothing of yours",),
        News.CHANGED: ("What {who} sees of yours has changed",),
        News.HANDOVER: ("{who} suggests that somebody else goes on with you, and you decide",),
        News.STEP: ("{who} recommended something", "{who} recommended {count} things"),
        News.ANSWER: ("{who} answered you",),
        News.FINISHED: ("{who} looked at something you finished",),
        News.PLAN: ("Your plan with {who} has changed",),
        News.MEETING: ("{who} set or changed a meeting", "{who} set or changed meetings"),
        News.FEEDBACK: ("{who} commented on an entry", "{who} wrote {count} comments on your entries"),
        News.REPLY: ("{who} answered you about an entry", "{who} answered you about your entries"),
        News.ENDORSED: ("{who} confirmed evidence of yours",),
    },
    Side.COUNSELLOR: {
        News.ASKED: ("{who} asks for your help",),
        News.GRANTED: ("{who} lets you see something",),
        News.ENDED: ("{who} ended what they shared with you", "{count} students ended what they shared with you"),
        News.CHANGED: ("{who} changed what you see",),
        News.HANDOVER: ("{who} answered a handover",),
        News.STEP: ("{who} put something on their plan", "{who} put {count} things on their plan"),
        News.ANSWER: ("{who} answered a recommendation", "{who} answered {count} recommendations"),
        News.FINISHED: ("{who} finished something you recommended", "{who} finished {count} things you recommended"),
        News.PLAN: ("The plan with {who} has changed",),
        News.MEETING: ("A meeting with {who} was set or changed", "Meetings with {who} were set or changed"),
        News.FEEDBACK: ("There is a comment on an entry of {who}", "There are {count} comments on entries of {who}"),
        News.REPLY: ("{who} answered a comment of yours", "{who} answered {count} comments of yours"),
        News.ENDORSED: ("Evidence of {who} was confirmed",),
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

    sentence: str
    place: str


# All that is said to somebody under 18: what it is, and from whom, stands on the site.
TO_A_MINOR = Told("There is news from your counsellor", HOME[Side.STUDENT])
OWN_PLAN = Told("There is something to look at on your plan", "/me/steps/")


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
    return first + ("" if not more else ", and one more thing" if more == 1 else f", and {more} more things")
