"""What the report of the story says. Every word, figure and quotation is invented, like the area."""

from __future__ import annotations

SECTIONS = {
    "key-facts": (
        "| About Glenmarrow | How many |\n| --- | --- |\n"
        "| People who live there | about 96,000 |\n"
        "| Of them under eighteen | about 17,500 |\n"
        "| Children looked after on the agreed date | 236 |\n"
        "| Children on the child protection register | 41 |\n"
        "| Young people who receive aftercare | 118 |\n\n"
        "All figures are invented, like the area."
    ),
    "how-we-conducted": (
        "The inspection took 35 counted weeks. In that time we\n\n"
        "- read the joint self-evaluation and the documents that support it\n"
        "- read the records of 94 children, each by an inspector and a local file reader together\n"
        "- heard 74 children and young people and 31 parents and carers, in sessions and by survey\n"
        "- read 208 answers to the staff survey, and met staff, managers and leaders\n"
        "- observed meetings where decisions about children are taken."
    ),
    "summary": (
        "Most children in Glenmarrow who need protection are recognised early and kept safe. Help to recover comes late for "
        "young people over twelve, and support thins out for those who have left care."
    ),
    "geography": (
        "Glenmarrow lies between two firths. Half of its people live in one town; the rest live in villages along three glens. "
        "The furthest village is ninety minutes from the hospital by road, and in most winters is cut off for some days."
    ),
    "economy": (
        "Work is in health and care, fish farming and the council. Unemployment is low; so is pay. Some villages are among the "
        "fifth of Scotland with the least, and one child in six lives in a household with a low income after housing costs."
    ),
    "partnership": (
        "The community planning partnership brings together council, health board, police, the Reporter and the third sector. "
        "A chief officers group leads public protection. A child protection committee and a champions group, in which care "
        "experienced young people meet those who decide, report to it."
    ),
    "conclusion": (
        "We are confident that the partnership has the capacity to improve. Its leaders know what must change, they told us so "
        "before we told them, and work on weekend cover and on help to recover had begun when we were on site.\n\n"
        "Our confidence would be greater if what audits find led more reliably to what staff do next. That is the most "
        "important thing for the joint action plan to show."
    ),
    "what-happens-next": (
        "The partnership will send us a joint action plan within six weeks of publication. A link inspector will support and "
        "challenge it. Children and young people who took part will be told, in their own version of this report, what they "
        "said and what will change because of it."
    ),
}

# By question: key messages, strengths, priority areas for improvement.
POINTS: dict[int, tuple[tuple[str, str], ...]] = {
    1: (
        ("key", "Children who need protection are recognised early, and agencies respond on the same day in most cases."),
        ("key", "At weekends the response is slower, and is not always written down until Monday."),
        ("key", "Children mostly understood who was asking, and why; fewer knew what would happen next."),
        ("strength", "Schools and health visitors know whom to tell, and are answered the same day."),
        ("area", "Make the response at weekends as prompt and as well recorded as on working days."),
    ),
    2: (
        ("key", "Most children are safer within three months. Young people over twelve wait too long for help to recover."),
        ("key", "One trusted adult who stays makes the greatest difference, and most children have one."),
        ("strength", "Most children have one adult whom they trust and who stays."),
        ("area", "Reduce the time that young people over twelve wait for specialist help."),
    ),
    3: (
        ("key", "Looked after children live in stable homes, and brothers and sisters are kept in touch."),
        ("key", "A change of worker still means, for too many, telling their story again."),
        ("strength", "Children know whom to ask about their plan, and that they may say no."),
        ("area", "Keep relationships going when a worker changes."),
    ),
    4: (
        ("key", "Young people leave care when they are ready. Too few are in work or learning afterwards."),
        ("key", "Support thins out after twenty-one, because caseloads do not allow it, not because it is no longer needed."),
        ("strength", "Young people can stay where they lived until they are ready to go."),
        ("area", "Give support to care leavers until twenty-six, whatever the caseload."),
    ),
    5: (
        ("key", "Leaders share a vision that staff recognise, and give one account of risk."),
        ("key", "What audits find does not yet change what is done."),
        ("strength", "Chief officers give one account of risk and act on it together."),
        ("area", "Turn what audits and children say into changes, and show which."),
    ),
}  # fmt: skip

NARRATIVES = {
    1: """\
In nearly all the records that we read, the first response to a concern was prompt. Police, social work and health had talked to \
each other within one working day, and what they decided was written down with reasons. Schools and health visitors knew whom to \
ring and were rung back the same day. This was so in the town and in the glens alike.

### Recognising risk early

Concerns about neglect used to be raised late. Over three years the partnership has trained staff in nurseries, schools and \
general practices to notice and to add up small signs, and repeat registrations have fallen in each of those years. Staff told us \
that they felt able to say that they were worried before they could prove anything.

> “The teacher saw it before I said it. She asked me on a normal day, not when it was bad.”

### At weekends

From Friday evening to Monday morning the picture changes. Records showed discussions that were held by telephone and recorded days \
later, and two agencies where three should have been. The partnership's own audit covers working days only, so that it had not seen \
this. One rota for all agencies has been agreed and should begin in January.

### What children understood

Most children whom we met knew who had come to talk to them and why. Fewer knew what would happen after that. One young person had \
chaired the part of a planning meeting that was about school, and adults in the room changed their plan because of it.
""",
    2: """\
Most children who had experienced abuse or neglect were safer within three months of a plan being made. Plans had clear aims, reviews \
were held on time, and the adults who were named in a plan did what it said.

### Someone who stays

Records and children agree on what helps most: one adult, known by name, who does not change. Most children had such an adult. It \
was not always the social worker; for some it was a classroom assistant, a foster carer or a youth worker.

> “She still comes on a Thursday. She came when I moved as well.”

### Help to recover

Help to recover is good when it comes. For children under twelve it mostly came within two months. For young people over twelve the \
wait has doubled in two years.

| Age | Waited up to two months | Waited longer |
| --- | --- | --- |
| Under twelve | about three in four | about one in four |
| Twelve and over | about one in four | about three in four |

While they waited, young people were not always told how long it would be. The partnership said this about itself before we did, and \
plans one waiting list and one front door in spring.

### Parents and families

Parents told us that workers were straight with them and kept their word. In several records the assessment had not been brought up \
to date after a change at home, so that families were offered help for a problem they no longer had.
""",
    3: """\
Looked after children in Glenmarrow mostly live in homes that last. Moves have become fewer in each of three years. Brothers and \
sisters who cannot live together see each other, and this stands in their plans as something that is owed to them and not as a treat.

### Being listened to

The youngest children whom we met knew whom to ask about their plan, and that they may say no. The champions group reads the figures \
about moves with managers each quarter, and could point to two changes that came of it.

> “They asked us what a home is. Then they changed the form.”

### When a worker changes

Changes of worker interrupt relationships. Care experienced young people told us that a change meant telling their story again, \
sometimes several times in a year. Exit talks show why workers leave. The partnership has begun to protect time for relationships in \
caseloads; it is too soon to say whether it helps.

### Wellbeing, school and health

Attendance of looked after children has risen to within four points of all children. Health assessments are done on time for most. \
Kinship carers, who look after one in three of these children, did not know what help they may ask for until there was a crisis.
""",
    4: """\
Young people in Glenmarrow can stay where they lived until they are ready to leave, and more of them do. Those who had left told us \
that the day was theirs to choose.

### Housing and money

Nobody whom we met had left care without a home. Young people had been shown how to run a household before they had to, and those \
who had fallen behind with rent had been helped before they lost their home.

### Work and learning

Fewer care leavers are in work or learning than three years ago. A guaranteed interview scheme with three large employers is about to \
begin. Young people welcomed it, and asked that somebody should stay in touch after the first month in a job.

> “Getting the job was fine. It was the second month that I needed someone.”

### After twenty-one

Support thins out after twenty-one. Throughcare workers were open with us about why: new cases come first, and there are more of them. \
Young people noticed that calls were returned later, and some had stopped calling.
""",
    5: """\
Leaders share one vision for children, and staff recognise it. In the staff survey most knew the partnership's priorities and saw \
their leaders. Chief officers give one account of risk, and each could say what they had changed because of it.

### Knowing and acting

The partnership knows its figures. It audits often and thoroughly. Fewer than half of staff say that what audits find changes what \
they do, and we saw the same: the public protection committee reads figures with care, but outcomes for children were not discussed \
at the meeting that we observed.

### Planning together

Joint planning is strong. The children's services plan was written with the champions group, in words that its members would use. \
Joint commissioning is at an early stage, with one contract so far. From April there is to be one outcomes framework for all partners, \
read twice a year with children and young people.

> “We told them what to measure. Now we want to see if they look at it.”
""",
}
