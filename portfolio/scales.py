"""The kinds, states and choices of a record, with the sets of them that have a name."""

from django.db.models import IntegerChoices, TextChoices


class Kind(TextChoices):
    PROJECT = "project", "Project"
    INTERNSHIP = "internship", "Placement"
    FESTIVAL = "festival", "Festival"
    CPD = "cpd", "Training"


class State(TextChoices):
    """Where the recorded thing stands. Only what is completed counts as evidence."""

    DRAFT = "draft", "Draft"
    PLANNED = "planned", "Planned"
    UNDER_WAY = "under-way", "Under way"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"


class Visibility(IntegerChoices):
    """Who may see something, from the least to the most open; of a portfolio's and an entry's the narrower wins."""

    ME = 1, "Only me"
    COUNSELLOR = 2, "My counsellor"
    LINK = 3, "People with the link"
    PUBLIC = 4, "Everyone"


# What members under 18 may choose, and those whose age band is not known.
PROTECTED = (Visibility.ME, Visibility.COUNSELLOR)


class Format(TextChoices):
    FEATURE = "feature", "Feature film"
    SHORT = "short", "Short film"
    SERIES = "series", "Television series"
    EPISODE = "episode", "Episode"
    WEB_SERIES = "web-series", "Web series"
    DOCUMENTARY = "documentary", "Documentary"
    COMMERCIAL = "commercial", "Advert"
    MUSIC_VIDEO = "music-video", "Music video"
    NEWS = "news", "News or live programme"
    AUDIO_DRAMA = "audio-drama", "Audio drama"
    THEATRE = "theatre", "Theatre"
    STUDENT = "student", "Student film"
    CORPORATE = "corporate", "Corporate film"
    OTHER = "other", "Something else"


class ProjectStatus(TextChoices):
    DEVELOPMENT = "development", "In development"
    PRE_PRODUCTION = "pre-production", "In pre-production"
    PRODUCTION = "production", "In production"
    POST_PRODUCTION = "post-production", "In post-production"
    COMPLETED = "completed", "Completed"
    RELEASED = "released", "Released"
    ABANDONED = "abandoned", "Abandoned"


class CreditKind(TextChoices):
    ON_SCREEN = "on-screen", "On screen"
    UNCREDITED = "uncredited", "Uncredited"
    PENDING = "pending", "Credit pending"
    NOT_APPLICABLE = "not-applicable", "No credits on this kind of work"


class Basis(TextChoices):
    STUDENT = "student", "As a student"
    VOLUNTEER = "volunteer", "As a volunteer"
    UNPAID = "unpaid", "Unpaid"
    PAID = "paid", "Paid"
    FREELANCE = "freelance", "Freelance"


class BudgetBand(TextChoices):
    NONE = "none", "No money changed hands"
    MICRO = "micro", "Under 1,000"
    SMALL = "small", "1,000 to 10,000"
    MIDDLE = "middle", "10,000 to 100,000"
    LARGE = "large", "100,000 to a million"
    MAJOR = "major", "More than a million"
    UNKNOWN = "unknown", "I don’t know"


class Placement(TextChoices):
    WORK_EXPERIENCE = "work-experience", "Work experience"
    INTERNSHIP = "internship", "Internship"
    PLACEMENT = "placement", "Placement"
    TRAINEESHIP = "traineeship", "Traineeship"
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"
    SHADOWING = "shadowing", "Shadowing"
    VOLUNTEERING = "volunteering", "Volunteering"


class Pay(TextChoices):
    PAID = "paid", "Paid"
    EXPENSES = "expenses", "Expenses only"
    UNPAID = "unpaid", "Unpaid"


class Outcome(TextChoices):
    COMPLETED = "completed", "Completed"
    ENDED_EARLY = "ended-early", "Ended early"
    OFFER = "offer", "Led to an offer"


class SignOff(TextChoices):
    ASKED = "asked", "Asked for"
    SIGNED = "signed", "Signed off on paper"
    DECLINED = "declined", "Declined"


class DeadlineTier(TextChoices):
    EARLY = "early", "Early bird"
    REGULAR = "regular", "Regular"
    LATE = "late", "Late"
    EXTENDED = "extended", "Extended"


class Platform(TextChoices):
    FILMFREEWAY = "filmfreeway", "FilmFreeway"
    FESTHOME = "festhome", "Festhome"
    DIRECT = "direct", "The festival itself"
    OTHER = "other", "Another platform"


class Premiere(TextChoices):
    WORLD = "world", "World"
    INTERNATIONAL = "international", "International"
    CONTINENTAL = "continental", "Continental"
    NATIONAL = "national", "National"
    REGIONAL = "regional", "Regional"
    CITY = "city", "City"
    NONE = "none", "None asked"


class Submission(TextChoices):
    """The first axis of a festival submission: what the sender and the festival do with it."""

    PLANNED = "planned", "Planned"
    DRAFT = "draft", "Being prepared"
    SUBMITTED = "submitted", "Submitted"
    IN_CONSIDERATION = "in-consideration", "In consideration"
    INCOMPLETE = "incomplete", "Incomplete"
    DISQUALIFIED = "disqualified", "Disqualified"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Judging(TextChoices):
    """The second axis of a festival submission: what the jury says."""

    UNDECIDED = "undecided", "Undecided"
    SEMI_FINALIST = "semi-finalist", "Semi-finalist"
    FINALIST = "finalist", "Finalist"
    SELECTED = "selected", "Official selection"
    NOT_SELECTED = "not-selected", "Not selected"
    NOMINEE = "nominee", "Nominee"
    HONOURABLE_MENTION = "honourable-mention", "Honourable mention"
    WINNER = "winner", "Winner"


class Activity(TextChoices):
    COURSE = "course", "Course"
    WORKSHOP = "workshop", "Workshop"
    CONFERENCE = "conference", "Conference"
    WEBINAR = "webinar", "Webinar"
    EVENT = "event", "Festival or industry event"
    MENTORING = "mentoring", "Mentoring"
    SHADOWING = "shadowing", "Shadowing"
    SELF_STUDY = "self-study", "Self-study"
    WRITING = "writing", "Writing or publishing"
    VOLUNTEERING = "volunteering", "Volunteering"
    ON_THE_JOB = "on-the-job", "On the job"


class Proof(TextChoices):
    """What shows that a CPD activity took place."""

    CERTIFICATE = "certificate", "Certificate"
    ATTENDANCE = "attendance", "Attendance list"
    EMAIL = "email", "Email"
    NOTES = "notes", "Notes"
    RESULT = "result", "Assessment result"


class Medium(TextChoices):
    """What an attachment is, once it has been looked at."""

    IMAGE = "image", "Picture"
    PDF = "pdf", "PDF"
    AUDIO = "audio", "Sound"
    VIDEO = "video", "Clip"


class PitchPart(TextChoices):
    """The parts of a pitch package, as public funders ask for them (sources in docs/data-model.md)."""

    TREATMENT = "treatment", "Treatment or presentation"
    RIGHTS = "rights", "Proof of rights"
    PROPOSAL = "proposal", "Investment proposal"
    COMPARABLES = "comparables", "Comparable returns"
    MARKET = "market", "Market research"
    TALENT = "talent", "Talent"
    CREW = "crew", "Crew agreements, if any"
    BUDGET = "budget", "Budget"
    FINANCE = "finance", "Finance strategy"
    DISTRIBUTION = "distribution", "Distribution strategy and revenue projection"
    PRESS = "press", "Press, if any"
    MARKETING = "marketing", "Marketing materials, if any"
    SUSTAINABILITY = "sustainability", "Sustainability and access plan"
    SAFEGUARDING = "safeguarding", "Safeguarding plan, where children or adults at risk take part"


class Availability(TextChoices):
    """Whether somebody looks for work, as they say it themselves."""

    OPEN = "open", "Looking for work"
    FROM = "from", "Free from a date"
    BUSY = "busy", "Not looking at the moment"


class Section(TextChoices):
    """A part of a public portfolio, in the order that stands until its owner sets another."""

    LAURELS = "laurels", "Selections and awards"
    CLIPS = "clips", "Clips"
    ABOUT = "about", "About"
    CREDITS = "credits", "Credits"
    SKILLS = "skills", "Skills, with evidence"
    TRAINING = "training", "Training"
    ENDORSEMENTS = "endorsements", "What people who were there say"
    LINKS = "links", "Elsewhere"
    CONTACT = "contact", "Get in touch"


class Asking(TextChoices):
    """Where a request to confirm evidence stands."""

    OPEN = "open", "Waiting for an answer"
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back by you"
    REVOKED = "revoked", "Taken back by them"


class Look(TextChoices):
    """How somebody came to see what a member owns."""

    LINK = "link", "Opened a secret link"
    ENDORSER = "endorser", "Opened a request to confirm"
    MODERATOR = "moderator", "Looked into a report"
    EXPORT = "export", "Downloaded a copy of everything"
    DESK = "desk", "Opened your page as your counsellor"
    CASELOAD = "caseload", "Saw you in the list of their students"
    LIST = "list", "Took that list along as a file"


class Consent(TextChoices):
    """What a member agrees to when a portfolio opens a step further."""

    SHOWN = "shown", "Who sees the portfolio"
    LISTED = "listed", "Being found in the directory"
    INDEXED = "indexed", "Being found by search engines"
    MESSAGES = "messages", "Getting messages through the site"
    LINK = "link", "A secret link"
    GRANT = "grant", "What a counsellor sees"


class Ground(TextChoices):
    """Why something public is reported."""

    PERSONAL = "personal", "It shows somebody’s private details"
    NOT_THEIRS = "not-theirs", "It claims work that is not theirs"
    RIGHTS = "rights", "It uses my work, or my picture, without asking"
    HARM = "harm", "It is hateful, threatening or sexual"
    CHILD = "child", "It concerns somebody under 18"
    OTHER = "other", "Something else"


class Verdict(TextChoices):
    """Where a report stands."""

    OPEN = "open", "Open"
    UPHELD = "upheld", "Taken off the site"
    DISMISSED = "dismissed", "Nothing to be done"
    LIFTED = "lifted", "Back on the site"


class Progress(TextChoices):
    """Where a long piece of work stands."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Under way"
    READY = "ready", "Ready"
    FAILED = "failed", "Stopped"


class Scope(TextChoices):
    """What a member can let a counsellor see; each is a switch of its own."""

    PROFILE = "profile", "Your profile"
    ENTRIES = "entries", "Entries you share with counsellors"
    GAP = "gap", "Your target roles and what is missing"
    PLAN = "plan", "Your plan"


class Origin(TextChoices):
    """How a student and a counsellor came together."""

    INVITED = "invited", "You were invited"
    CODE = "code", "You used a code"
    ASKED = "asked", "You asked"
    HANDOVER = "handover", "You were handed over"


class Side(TextChoices):
    """Whose side of a connection something comes from."""

    STUDENT = "student", "The student"
    COUNSELLOR = "counsellor", "The counsellor"


class StepState(TextChoices):
    """Where a recommended course or step stands."""

    SENT = "sent", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    UNDER_WAY = "under-way", "Under way"
    DONE = "done", "Finished"
    DEFERRED = "deferred", "Put off"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"


# What still waits for somebody, and what the student said yes to.
STEPS_OPEN = (StepState.SENT, StepState.ACCEPTED, StepState.UNDER_WAY, StepState.DEFERRED)
STEPS_AGREED = (StepState.ACCEPTED, StepState.UNDER_WAY, StepState.DONE)


class PlanState(TextChoices):
    DRAFT = "draft", "Being written"
    OFFERED = "offered", "Waiting for the student"
    LIVE = "live", "Agreed"
    REFUSED = "refused", "Not agreed"
    CLOSED = "closed", "Closed"


class ActionState(TextChoices):
    OPEN = "open", "To do"
    DOING = "doing", "Under way"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class Channel(TextChoices):
    IN_PERSON = "in-person", "In person"
    VIDEO = "video", "Video call"
    PHONE = "phone", "Phone"
    MESSAGE = "message", "Messages"
    GROUP = "group", "In a group"


class Attendance(TextChoices):
    PLANNED = "planned", "Planned"
    ATTENDED = "attended", "Took place"
    MISSED = "missed", "The student did not come"
    CANCELLED = "cancelled", "Cancelled"


class Benchmark(IntegerChoices):
    """The eight Gatsby benchmarks of good career guidance (Gatsby Foundation, 2014; the third reworded in 2024)."""

    PROGRAMME = 1, "A stable careers programme"
    INFORMATION = 2, "Learning from career and labour market information"
    NEEDS = 3, "Addressing the needs of each young person"
    CURRICULUM = 4, "Linking curriculum learning to careers"
    EMPLOYERS = 5, "Encounters with employers and employees"
    WORKPLACES = 6, "Experiences of workplaces"
    EDUCATION = 7, "Encounters with further and higher education"
    GUIDANCE = 8, "Personal guidance"


class Transfer(TextChoices):
    """Where a handover to another counsellor stands."""

    WAITING = "waiting", "Waiting for the student"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Taken back"


class News(TextChoices):
    """What somebody is told of by mail about counselling."""

    ASKED = "asked", "A student asked for a counsellor"
    GRANTED = "granted", "A student let a counsellor in"
    ENDED = "ended", "A connection ended"
    CHANGED = "changed", "A student changed what is shared"
    HANDOVER = "handover", "A handover waits for an answer"
    STEP = "step", "Something was recommended"
    ANSWER = "answer", "A recommendation was answered"
    FINISHED = "finished", "A recommendation was finished"
    PLAN = "plan", "A plan changed"
    MEETING = "meeting", "A meeting was set or changed"
    FEEDBACK = "feedback", "An entry was commented on"
    REPLY = "reply", "A comment was answered"
    ENDORSED = "endorsed", "Evidence was confirmed"
    DUE = "due", "Something is due soon"
