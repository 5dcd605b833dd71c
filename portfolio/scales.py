"""The kinds, states and choices of a record, with the sets of them that have a name."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    PROJECT = "project", _("Project")
    INTERNSHIP = "internship", _("Placement")
    FESTIVAL = "festival", _("Festival")
    CPD = "cpd", _("Training")


class State(TextChoices):
    """Where the recorded thing stands. Only what is completed counts as evidence."""

    DRAFT = "draft", _("Draft")
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under-way", _("Under way")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")


class Visibility(IntegerChoices):
    """Who may see something, from the least to the most open; of a portfolio's and an entry's the narrower wins."""

    ME = 1, _("Only me")
    COUNSELLOR = 2, _("My counsellor")
    LINK = 3, _("People with the link")
    PUBLIC = 4, _("Everyone")


# What members under 18 may choose, and those whose age band is not known.
PROTECTED = (Visibility.ME, Visibility.COUNSELLOR)


class Format(TextChoices):
    FEATURE = "feature", _("Feature film")
    SHORT = "short", _("Short film")
    SERIES = "series", _("Television series")
    EPISODE = "episode", _("Episode")
    WEB_SERIES = "web-series", _("Web series")
    DOCUMENTARY = "documentary", _("Documentary")
    COMMERCIAL = "commercial", _("Advert")
    MUSIC_VIDEO = "music-video", _("Music video")
    NEWS = "news", _("News or live programme")
    AUDIO_DRAMA = "audio-drama", _("Audio drama")
    THEATRE = "theatre", _("Theatre")
    STUDENT = "student", _("Student film")
    CORPORATE = "corporate", _("Corporate film")
    OTHER = "other", _("Something else")


class ProjectStatus(TextChoices):
    DEVELOPMENT = "development", _("In development")
    PRE_PRODUCTION = "pre-production", _("In pre-production")
    PRODUCTION = "production", _("In production")
    POST_PRODUCTION = "post-production", _("In post-production")
    COMPLETED = "completed", _("Completed")
    RELEASED = "released", _("Released")
    ABANDONED = "abandoned", _("Abandoned")


class CreditKind(TextChoices):
    ON_SCREEN = "on-screen", _("On screen")
    UNCREDITED = "uncredited", _("Uncredited")
    PENDING = "pending", _("Credit pending")
    NOT_APPLICABLE = "not-applicable", _("No credits on this kind of work")


class Basis(TextChoices):
    STUDENT = "student", _("As a student")
    VOLUNTEER = "volunteer", _("As a volunteer")
    UNPAID = "unpaid", _("Unpaid")
    PAID = "paid", _("Paid")
    FREELANCE = "freelance", _("Freelance")


class BudgetBand(TextChoices):
    NONE = "none", _("No money changed hands")
    MICRO = "micro", _("Under 1,000")
    SMALL = "small", _("1,000 to 10,000")
    MIDDLE = "middle", _("10,000 to 100,000")
    LARGE = "large", _("100,000 to a million")
    MAJOR = "major", _("More than a million")
    UNKNOWN = "unknown", _("I don’t know")


class Placement(TextChoices):
    WORK_EXPERIENCE = "work-experience", _("Work experience")
    INTERNSHIP = "internship", _("Internship")
    PLACEMENT = "placement", _("Placement")
    TRAINEESHIP = "traineeship", _("Traineeship")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    SHADOWING = "shadowing", _("Shadowing")
    VOLUNTEERING = "volunteering", _("Volunteering")


class Pay(TextChoices):
    PAID = "paid", _("Paid")
    EXPENSES = "expenses", _("Expenses only")
    UNPAID = "unpaid", _("Unpaid")


class Outcome(TextChoices):
    COMPLETED = "completed", _("Completed")
    ENDED_EARLY = "ended-early", _("Ended early")
    OFFER = "offer", _("Led to an offer")


class SignOff(TextChoices):
    ASKED = "asked", _("Asked for")
    SIGNED = "signed", _("Signed off on paper")
    DECLINED = "declined", _("Declined")


class DeadlineTier(TextChoices):
    EARLY = "early", _("Early bird")
    REGULAR = "regular", _("Regular")
    LATE = "late", _("Late")
    EXTENDED = "extended", _("Extended")


class Platform(TextChoices):
    FILMFREEWAY = "filmfreeway", _("FilmFreeway")
    FESTHOME = "festhome", _("Festhome")
    DIRECT = "direct", _("The festival itself")
    OTHER = "other", _("Another platform")


class Premiere(TextChoices):
    WORLD = "world", _("World")
    INTERNATIONAL = "international", _("International")
    CONTINENTAL = "continental", _("Continental")
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    CITY = "city", _("City")
    NONE = "none", _("None asked")


class Submission(TextChoices):
    """The first axis of a festival submission: what the sender and the festival do with it."""

    PLANNED = "planned", _("Planned")
    DRAFT = "draft", _("Being prepared")
    SUBMITTED = "submitted", _("Submitted")
    IN_CONSIDERATION = "in-consideration", _("In consideration")
    INCOMPLETE = "incomplete", _("Incomplete")
    DISQUALIFIED = "disqualified", _("Disqualified")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Judging(TextChoices):
    """The second axis of a festival submission: what the jury says."""

    UNDECIDED = "undecided", _("Undecided")
    SEMI_FINALIST = "semi-finalist", _("Semi-finalist")
    FINALIST = "finalist", _("Finalist")
    SELECTED = "selected", _("Official selection")
    NOT_SELECTED = "not-selected", _("Not selected")
    NOMINEE = "nominee", _("Nominee")
    HONOURABLE_MENTION = "honourable-mention", _("Honourable mention")
    WINNER = "winner", _("Winner")


class Activity(TextChoices):
    COURSE = "course", _("Course")
    WORKSHOP = "workshop", _("Workshop")
    CONFERENCE = "conference", _("Conference")
    WEBINAR = "webinar", _("Webinar")
    EVENT = "event", _("Festival or industry event")
    MENTORING = "mentoring", _("Mentoring")
    SHADOWING = "shadowing", _("Shadowing")
    SELF_STUDY = "self-study", _("Self-study")
    WRITING = "writing", _("Writing or publishing")
    VOLUNTEERING = "volunteering", _("Volunteering")
    ON_THE_JOB = "on-the-job", _("On the job")


class Proof(TextChoices):
    """What shows that a CPD activity took place."""

    CERTIFICATE = "certificate", _("Certificate")
    ATTENDANCE = "attendance", _("Attendance list")
    EMAIL = "email", _("Email")
    NOTES = "notes", _("Notes")
    RESULT = "result", _("Assessment result")


class Medium(TextChoices):
    """What an attachment is, once it has been looked at."""

    IMAGE = "image", _("Picture")
    PDF = "pdf", _("PDF")
    AUDIO = "audio", _("Sound")
    VIDEO = "video", _("Clip")


class PitchPart(TextChoices):
    """The parts of a pitch package, as public funders ask for them (sources in docs/data-model.md)."""

    TREATMENT = "treatment", _("Treatment or presentation")
    RIGHTS = "rights", _("Proof of rights")
    PROPOSAL = "proposal", _("Investment proposal")
    COMPARABLES = "comparables", _("Comparable returns")
    MARKET = "market", _("Market research")
    TALENT = "talent", _("Talent")
    CREW = "crew", _("Crew agreements, if any")
    BUDGET = "budget", _("Budget")
    FINANCE = "finance", _("Finance strategy")
    DISTRIBUTION = "distribution", _("Distribution strategy and revenue projection")
    PRESS = "press", _("Press, if any")
    MARKETING = "marketing", _("Marketing materials, if any")
    SUSTAINABILITY = "sustainability", _("Sustainability and access plan")
    SAFEGUARDING = "safeguarding", _("Safeguarding plan, where children or adults at risk take part")


class Availability(TextChoices):
    """Whether somebody looks for work, as they say it themselves."""

    OPEN = "open", _("Looking for work")
    FROM = "from", _("Free from a date")
    BUSY = "busy", _("Not looking at the moment")


class Section(TextChoices):
    """A part of a public portfolio, in the order that stands until its owner sets another."""

    LAURELS = "laurels", _("Selections and awards")
    CLIPS = "clips", _("Clips")
    ABOUT = "about", _("About")
    CREDITS = "credits", _("Credits")
    SKILLS = "skills", _("Skills, with evidence")
    TRAINING = "training", _("Training")
    ENDORSEMENTS = "endorsements", _("What people who were there say")
    LINKS = "links", _("Elsewhere")
    CONTACT = "contact", _("Get in touch")


class Asking(TextChoices):
    """Where a request to confirm evidence stands."""

    OPEN = "open", _("Waiting for an answer")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back by you")
    REVOKED = "revoked", _("Taken back by them")


class Look(TextChoices):
    """How somebody came to see what a member owns."""

    LINK = "link", _("Opened a secret link")
    ENDORSER = "endorser", _("Opened a request to confirm")
    MODERATOR = "moderator", _("Looked into a report")
    EXPORT = "export", _("Downloaded a copy of everything")
    DESK = "desk", _("Opened your page as your counsellor")
    CASELOAD = "caseload", _("Saw you in the list of their students")
    LIST = "list", _("Took that list along as a file")


class Consent(TextChoices):
    """What a member agrees to when a portfolio opens a step further."""

    SHOWN = "shown", _("Who sees the portfolio")
    LISTED = "listed", _("Being found in the directory")
    INDEXED = "indexed", _("Being found by search engines")
    MESSAGES = "messages", _("Getting messages through the site")
    LINK = "link", _("A secret link")
    GRANT = "grant", _("What a counsellor sees")


class Ground(TextChoices):
    """Why something public is reported."""

    PERSONAL = "personal", _("It shows somebody’s private details")
    NOT_THEIRS = "not-theirs", _("It claims work that is not theirs")
    RIGHTS = "rights", _("It uses my work, or my picture, without asking")
    HARM = "harm", _("It is hateful, threatening or sexual")
    CHILD = "child", _("It concerns somebody under 18")
    OTHER = "other", _("Something else")


class Verdict(TextChoices):
    """Where a report stands."""

    OPEN = "open", pgettext_lazy("a report", "Open")
    UPHELD = "upheld", _("Taken off the site")
    DISMISSED = "dismissed", _("Nothing to be done")
    LIFTED = "lifted", _("Back on the site")


class Progress(TextChoices):
    """Where a long piece of work stands."""

    WAITING = "waiting", _("Waiting to start")
    RUNNING = "running", _("Under way")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Stopped")


class Scope(TextChoices):
    """What a member can let a counsellor see; each is a switch of its own."""

    PROFILE = "profile", _("Your profile")
    ENTRIES = "entries", _("Entries you share with counsellors")
    GAP = "gap", _("Your target roles and what is missing")
    PLAN = "plan", _("Your plan")


class Origin(TextChoices):
    """How a student and a counsellor came together."""

    INVITED = "invited", _("You were invited")
    CODE = "code", _("You used a code")
    ASKED = "asked", _("You asked")
    HANDOVER = "handover", _("You were handed over")


class Side(TextChoices):
    """Whose side of a connection something comes from."""

    STUDENT = "student", _("The student")
    COUNSELLOR = "counsellor", _("The counsellor")


class StepState(TextChoices):
    """Where a recommended course or step stands."""

    SENT = "sent", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    UNDER_WAY = "under-way", _("Under way")
    DONE = "done", _("Finished")
    DEFERRED = "deferred", _("Put off")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


# What still waits for somebody, and what the student said yes to.
STEPS_OPEN = (StepState.SENT, StepState.ACCEPTED, StepState.UNDER_WAY, StepState.DEFERRED)
STEPS_AGREED = (StepState.ACCEPTED, StepState.UNDER_WAY, StepState.DONE)


class PlanState(TextChoices):
    DRAFT = "draft", _("Being written")
    OFFERED = "offered", _("Waiting for the student")
    LIVE = "live", _("Agreed")
    REFUSED = "refused", _("Not agreed")
    CLOSED = "closed", _("Closed")


class ActionState(TextChoices):
    OPEN = "open", _("To do")
    DOING = "doing", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Channel(TextChoices):
    IN_PERSON = "in-person", _("In person")
    VIDEO = "video", _("Video call")
    PHONE = "phone", _("Phone")
    MESSAGE = "message", _("Messages")
    GROUP = "group", _("In a group")


class Attendance(TextChoices):
    PLANNED = "planned", _("Planned")
    ATTENDED = "attended", _("Took place")
    MISSED = "missed", _("The student did not come")
    CANCELLED = "cancelled", _("Cancelled")


class Benchmark(IntegerChoices):
    """The eight Gatsby benchmarks of good career guidance (Gatsby Foundation, 2014; the third reworded in 2024)."""

    PROGRAMME = 1, _("A stable careers programme")
    INFORMATION = 2, _("Learning from career and labour market information")
    NEEDS = 3, _("Addressing the needs of each young person")
    CURRICULUM = 4, _("Linking curriculum learning to careers")
    EMPLOYERS = 5, _("Encounters with employers and employees")
    WORKPLACES = 6, _("Experiences of workplaces")
    EDUCATION = 7, _("Encounters with further and higher education")
    GUIDANCE = 8, _("Personal guidance")


class Transfer(TextChoices):
    """Where a handover to another counsellor stands."""

    WAITING = "waiting", _("Waiting for the student")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


class News(TextChoices):
    """What somebody is told of by mail about counselling."""

    ASKED = "asked", _("A student asked for a counsellor")
    GRANTED = "granted", _("A student let a counsellor in")
    ENDED = "ended", _("A connection ended")
    CHANGED = "changed", _("A student changed what is shared")
    HANDOVER = "handover", _("A handover waits for an answer")
    STEP = "step", _("Something was recommended")
    ANSWER = "answer", _("A recommendation was answered")
    FINISHED = "finished", _("A recommendation was finished")
    PLAN = "plan", _("A plan changed")
    MEETING = "meeting", _("A meeting was set or changed")
    FEEDBACK = "feedback", _("An entry was commented on")
    REPLY = "reply", _("A comment was answered")
    ENDORSED = "endorsed", _("Evidence was confirmed")
    DUE = "due", _("Something is due soon")
