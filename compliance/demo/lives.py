"""Invented projects that show approvals at every stage of their life."""

from compliance.demo.plans import DPIA, PANEL, UNIVERSITY, Decided, F, I, Plan
from compliance.terms import ApprovalStep, CharterStatus, Outcome, PartnerKind, Stage, Tier

S = ApprovalStep
SENT = (S.SENT, -80)
REVIEWED = (SENT, (S.FOUND_VALID, -74), (S.REVIEW_BEGAN, -66))

# Fieldwork is a month away, and every body is somewhere else with its answer.
WAITING = (
    Plan(
        "Health checks for veterans on arrival in custody",
        "south-wolds",
        -31,
        involves=(I.PEOPLE, I.PERSONAL_DATA, I.NHS, I.DEFENCE, I.PRISON_OR_PROBATION),
        started=False,
        decisions={
            PANEL: Decided(F, days=-50),
            "nhs-rec": None,
            "hra-approval": None,
            "hmpps-nrc": None,
            "modrec": Decided(Outcome.INVALID, days=-70),
        },
        steps={
            "nhs-rec": (*REVIEWED, (S.INFORMATION_ASKED, -52)),
            "hra-approval": (SENT, (S.FOUND_VALID, -74)),
            "hmpps-nrc": REVIEWED,
            "modrec": (SENT,),
        },
        stage=Stage.PRIORITISE,
        partners=(
            {"kind": PartnerKind.GOVERNMENT, "name": "Office for Veterans’ Health (invented)"},
            {"kind": PartnerKind.CHARITY, "name": "After the Uniform (invented)"},
        ),
    ),
    Plan(
        "Reading ages of caution forms",
        "kingsferry",
        -33,
        involves=(I.PEOPLE, I.UNIVERSITY),
        unsure=(I.PERSONAL_DATA, I.PROTECTED_CHARACTERISTICS),
        started=False,
        decisions={PANEL: None, UNIVERSITY: None},
        steps={
            PANEL: ((S.BEGUN, -60),),
            UNIVERSITY: ((S.SENT, -120), (S.INFORMATION_ASKED, -110), (S.LAPSED, -50)),
        },
        stage=Stage.EXPLORE,
    ),
    Plan(
        "Sorting of online reports by urgency",
        "isle-and-sound",
        -34,
        involves=(I.PERSONAL_DATA, I.ALGORITHM_OR_AI, I.DATA_LEAVES_CONTROLLER),
        started=False,
        decisions={
            PANEL: Decided(Outcome.UNFAVOURABLE, days=-55),
            "algo-care": Decided(Outcome.ADVICE, days=-64),
        },
        steps={PANEL: ((S.APPEALED, -48),), "algo-care": ((S.RESPONDED, -50),)},
        stage=Stage.SOURCE,
        tier=Tier.COLLABORATOR_LED,
        interests="The technical lead held shares in the supplier until spring; a colleague scores the bids.",
        partners=(
            {
                "kind": PartnerKind.SUPPLIER,
                "name": "Plainway Software Ltd (invented)",
                "charter": CharterStatus.SIGNED,
            },
        ),
    ),
)

# Under way or over, and what became of the approval meanwhile.
UNDER_WAY = (
    Plan(
        "Noise sensors on the night-time high street",
        "westmarch",
        95,
        lasts=300,
        decisions={PANEL: Decided(F), DPIA: Decided(F)},
        steps={PANEL: ((S.HALTED, 70), (S.SUSPENDED, 80))},
        stage=Stage.DEPLOY,
        partners=(
            {
                "kind": PartnerKind.SUPPLIER,
                "name": "Quayside Acoustics Ltd (invented)",
                "charter": CharterStatus.NOT_KNOWN,
            },
        ),
    ),
    Plan(
        "Text reminders of court dates for witnesses",
        "calderfirth",
        160,
        lasts=100,
        ended=True,
        decisions={PANEL: Decided(F), DPIA: Decided(F)},
        steps={PANEL: ((S.STOPPED, 100),)},
        stage=Stage.BUILD,
    ),
    Plan(
        "Bail addresses and repeat victims",
        "northmoor",
        230,
        lasts=330,
        decisions={PANEL: Decided(F, mistaken=Outcome.PROVISIONAL), DPIA: Decided(F)},
        steps={
            PANEL: (
                (S.MODIFICATION_SENT, 30),
                (S.MODIFICATION_VALID, 33),
                (S.MODIFICATION_ASKED, 40),
                (S.MODIFICATION_ANSWERED, 46),
                (S.MODIFICATION_DECIDED, 60),
                (S.HALTED, 80),
                (S.RESUMED, 100),
                (S.MODIFICATION_NOTED, 120),
                (S.MODIFICATION_NOTED, 150),
                (S.PROGRESS_REPORTED, 200),
            ),
        },
    ),
    Plan(
        "Walk-in clinics beside custody suites",
        "mid-sheering",
        270,
        lasts=150,
        ended=True,
        involves=(I.PEOPLE, I.NHS, I.PERSONAL_DATA),
        decisions={
            PANEL: Decided(F),
            DPIA: Decided(F),
            "nhs-rec": Decided(F),
            "hra-approval": Decided(F, days=-28),
        },
        steps={
            PANEL: ((S.ENDED, 150),),
            "nhs-rec": ((S.ENDED, 150), (S.TOLD, 165), (S.REPORTED, 250)),
        },
        published=70,
        stage=Stage.COMMUNICATE,
    ),
)
LIVES = (*WAITING, *UNDER_WAY)
