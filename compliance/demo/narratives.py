"""Words of the demonstration's statements: invented like everything else, and written to be read."""

NPCC_2024_25 = {
    "introduction": """This is the first statement in which every figure is counted from the records of one shared service. Until last year each organisation kept its own list, and two lists rarely counted the same thing.

Three things went well. Every organisation that was asked gave an address to write to. Studies that began in the year went to an ethics body first. Lessons from allegations were shared without names.

Two things did not. One organisation sent no return, so that its research is missing here and is not counted as zero. Results reach the public later than we want: several finished studies have no public report yet.

What we will do next year stands in section 8, each action with an owner and a date.""",
    "governance": """The Police Chief Scientific Adviser oversees research integrity for the council. Each force names a senior lead and a first point of contact; Annex A lists them.

Forces answer to the centre once a year. They judge themselves against each requirement, say what is missing and who will mend it, and send the result as their return by 30 April. The board looks at the returns in May.

A force that sends no return keeps its row in Annex A. We would rather show a gap than fill it with a guess.""",
    "guidance_training": """The guide for people who commission or carry out research was rewritten in plain words and cut to twelve pages. It says when a study needs an ethics decision, a data protection assessment or both, and whom to ask.

A course of half a day is open to everyone with a research role. It uses three invented cases, of which one ends badly.

- New research leads take the course within six months.
- Supervisors of university students working with police data take it once.
- Everyone reads the guide again when it changes.

We do not yet know how many people have taken the course: forces counted in different ways. From next year the service counts it.""",
    "ethics": """Most studies go to a force research ethics panel. Studies with a university also go to the university’s committee, and those with patients or staff of the health service to a health research ethics committee.

A decision with conditions is a decision: the study may begin, and the conditions are followed up with a date each. An advisory body never stops a study; the force records its answer to the advice.

No study was found to have begun without a binding decision. We take this as a reason to look again rather than to be content: the register is new, and a study that nobody registered cannot be found in it.""",
    "protocols": """A plan that is public before the study begins shows that the question came before the answer. We ask for it where the study tests something, and accept a reason where publication would harm people or an operation.

Most studies that began in the year had published their plan in time. Where they had not, the plan was usually written but kept on a shared drive. The guide now says where to publish it and how long that takes.""",
    "publication": """We ask for a plain report within twelve weeks of the end of fieldwork, also when the study found nothing. Negative results are worth as much to the next force as positive ones.

Few of the finished studies had a public report by the end of April. The others wait for a partner’s agreement or for an author’s time. Neither is a good reason, and from next year the board will see the waiting time of each report.""",
    "misconduct": """Anyone may raise a concern with the confidential liaison, inside or outside the force concerned. Raising one in good faith has no consequence for the person who does so, whatever is found.

A concern is screened within twenty working days by somebody who has no part in the study. What goes further is investigated by two people, one of them from another force.

The year’s cases taught us two things: that writers of reports should learn how to cite the work of their own force, and that a project number should be given only once the ethics decision is there.""",
    "monitoring": """The board looks at every shortfall each quarter and asks its owner for the date. The table below shows what is not met and what will be done.

For 2025-26 we promise:

- to count training in one way, by December 2025, owner: head of research integrity;
- to show the waiting time of each report to the board, by October 2025, owner: secretary of the board;
- to ask every organisation for its return by name, from May 2026, owner: head of research integrity.""",
}

NPCC_2025_26 = {
    "introduction": """The register holds more research than last year and the returns are fewer: two organisations have sent none. What they did is missing here and is not counted as zero.

One study began before its ethics decision was there. It was found by the register, the panel was told, and the decision came two weeks later. We describe it in section 4 because others can learn from it.

Of the three things we promised last year, two are done and one is carried over. Section 8 says which.""",
    "governance": """The Police Chief Scientific Adviser oversees research integrity for the council. Annex A lists the senior lead and the first point of contact of each force.

One force has no senior lead at present. It was asked in May to name one and has said that it will.

Forces sent their returns by 30 April for the second time. Two did not, and the board has asked both for a date.""",
    "guidance_training": """Training is now counted in one way. A person counts once, when they have finished the course, in the force where they work.

The guide has a new chapter on algorithms and artificial intelligence, written with two universities. It says what to ask a supplier before a test, and what has to be public before the test begins.""",
    "ethics": """Force panels remain the usual way to a decision. University committees decided on studies with their own staff, and the data protection assessments were signed off before data were shared.

One study began two weeks before its panel had decided. The school year would not wait, and the team thought that counting what was left in bins near schools needed no decision. It did, because people were asked why they came. The answers collected before the decision were not used.

Panels set fewer conditions than last year, and all of those that were due have been met.""",
    "protocols": """More plans were public before the study began than in the year before. [insert the number of studies with an accepted exemption]

Where a plan was late, it was most often because the author did not know that a short plan is enough.""",
    "misconduct": """Concerns go to the confidential liaison, as before. Two formal investigations ended in the year, one of them on a concern raised in the year before.

The lessons are short: keep the raw counts beside the cleaned ones, and publish the analysis plan before the data arrive. Both are now part of the course.""",
    "monitoring": """Promises of last year: training is counted in one way (done), the board sees the waiting time of each report (done), every organisation is asked for its return by name (carried over to May 2027).

What we promise for 2026-27 will be agreed with the board in December.""",
}
COMPLETED_2025_26 = frozenset({"introduction", "governance", "guidance_training", "ethics", "misconduct"})

FORCE_2025_26 = {
    "policies": """The force has one research policy of eight pages. It names the ethics panel, says what the panel decides and what it only advises on, and gives a date for each answer.

Every study has a number, given once the panel’s decision is recorded. Analysts, officers and students work under the same policy.""",
    "communications": """Research leads meet once a quarter and show one another unfinished work. The meeting is open to anyone in the force, and minutes go on the intranet.

Two public evenings a year explain what the force studies and why. Questions from the floor have changed one study’s information sheet.""",
    "culture": """The Assistant Chief Constable opens the yearly course in person and tells of a study of her own that failed. Early-career analysts have a named adviser outside their own line of command.

Time for research is written into the plan of each department that takes part.""",
    "monitoring_reporting": """The chief officer group sees the register each quarter: what began, what waits for a decision, what is late.

Shortfalls have an owner and a date. The table below names those that are open.""",
    "changes": """The policy was reviewed in the autumn and shortened. The panel has a second lay member. A checklist for studies with an algorithm was tried twice and will be kept.""",
    "reflections": """Last year we said that every plan would be public before fieldwork. Most were. The others waited for a registry account, which is now opened with the project number.

Next year we want results to reach the people who took part, in a letter of one page.""",
    "misconduct_processes": """Concerns go to the confidential liaison, by telephone, by letter or in person. Screening takes twenty working days. An investigation has two investigators, one from another force.

The policy was last reviewed in October 2025; the next review is due in October 2027.""",
}
COMPLETED_NORTHMOOR = frozenset(FORCE_2025_26) - {"reflections"}
SENT_BACK = "Say in one sentence why two studies have no public report yet, and when they will."

ON_OPENING = "The second sentence should say how many organisations sent none. “Fewer” is too soft."
OPENING_REPLY = "Done: it says two, and that they count as missing and not as zero."
REOPENED = "Both are named in Annex A too. Please check that the two lists agree."
OPENING_SETTLED = "They agree: Annex A is made from the same returns."
ON_ETHICS = "How many answers were collected before the decision, and what became of them? Readers will ask."
ETHICS_REPLY = "Forty-one, none of which was used. I am asking the team for the date of their deletion."
ON_GOVERNANCE = "I would like the date by which the force has said that it will name its senior lead."
