"""What a registration asks, one form a task; each form knows which part of a project it fills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from wtforms.validators import InputRequired

from compliance.fields import (
    CheckboxesField,
    DateField,
    DateGiven,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    choices,
    options,
)
from compliance.forms import Form, VersionedForm
from compliance.rules.projects import NewProject, NewScope, check_dates
from compliance.terms import (
    CharterStatus,
    EnduringChallenge,
    Involvement,
    PartnerKind,
    Pillar,
    PillarAnswer,
    ResearchRole,
    ScopeDecision,
    ScopeReason,
    Stage,
    Term,
    Tick,
    Tier,
)

if TYPE_CHECKING:
    from compliance.models import Partner, Project

Values = dict[str, Any]
Chosen = TypeVar("Chosen", bound=Term)


class StartForm(Form):
    """The first two answers make a draft that can be left and found again."""

    title = TextField("Title of the research", required="Enter the title")
    organisation_code = SelectField("Which organisation answers for it?", required="Select the organisation")

    def answers(self) -> NewProject:
        """What was entered."""
        return NewProject(title=self.title.data, organisation_code=self.organisation_code.data)


class OrganisationForm(VersionedForm):
    """Another organisation answers for a draft than the one that was chosen first."""

    organisation_code = SelectField("Which organisation answers for it?", required="Select the organisation")

    def offer(self, places: list[tuple[str, str]], project: Project) -> None:
        """Offer these organisations, as (code, name), and show the present one on the first look."""
        self.organisation_code.choices = options(places)
        if self.organisation_code.raw_data is None:
            self.organisation_code.data = project.organisation.code


class TaskForm(VersionedForm):
    """A task of the registration: `fill` from a project, `answers` back to it, whatever is still open."""

    # What a project cannot be kept without, not even as a draft.
    kept_always: tuple[str, ...] = ("title",)

    def submitted_for_later(self) -> bool:
        """Whether this is a POST whose answers can be kept although questions are open."""
        if not self.is_submitted() or self.submitted_and_valid():
            return bool(self.is_submitted())
        for field in self.shown():
            if field.name not in self.kept_always and left_open(field):
                field.errors = []
        return not self.wrong

    def fill(self, project: Project) -> None:
        """Show what the project already holds, on the first look."""
        for field in self.shown():
            if hasattr(project, field.name) and field.raw_data is None:
                value = getattr(project, field.name)
                field.data = value.value if hasattr(value, "value") else value

    def answers(self) -> Values:
        """The parts of the project that this task sets."""
        return {field.name: field.data for field in self.shown()}


def left_open(field: Any) -> bool:
    """Whether the only thing wrong with a field is that nothing was entered."""
    said = {check.message for check in field.validators if isinstance(check, InputRequired)}
    said |= {check.required for check in field.validators if isinstance(check, DateGiven)}
    return bool(field.errors) and set(field.errors) <= said


def term(kind: type[Chosen], value: str | None) -> Chosen | None:
    """The term that was chosen; None while nothing is."""
    return kind(value) if value else None


class AboutForm(TaskForm):
    """What the research is."""

    title = TextField("Title", required="Enter the title")
    summary = LongTextField(
        "Plain summary",
        hint="What you want to find out and why, in words that a member of the public would use",
        required="Enter a plain summary",
    )
    areas_of_interest = TextField(
        "Areas of research interest",
        hint="Name the areas it serves, if you know them. Optional",
        longest=1000,
    )
    challenges = CheckboxesField(
        "Which enduring challenges does it serve?", choices=choices(EnduringChallenge)
    )
    areas = CheckboxesField(
        "Which published areas does it serve?", hint="Select all that apply. Optional", choices=[]
    )

    def offer_areas(self, published: list[tuple[str, str]]) -> None:
        """Offer these areas, as (id, words); without any the question is not asked."""
        if published:
            self.areas.choices = options(published)
        else:
            del self.areas

    def fill(self, project: Project) -> None:
        super().fill(project)
        if self.challenges.raw_data is None:
            self.challenges.data = [row.challenge.value for row in project.challenges]
        if "areas" in self and self.areas.raw_data is None:
            self.areas.data = [str(row.area_id) for row in project.areas]

    def answers(self) -> Values:
        given = super().answers()
        given["challenges"] = [EnduringChallenge(value) for value in self.challenges.data or []]
        if "areas" in self:
            given["areas"] = [int(value) for value in self.areas.data or []]
        return given


class LeadForm(TaskForm):
    """Who leads it and who pays."""

    lead_id = SelectField("Who leads the research?", required="Select the lead", coerce=str)
    funder = TextField(
        "Who funds it?",
        hint="Write the force itself if there is no other funder",
        required="Enter the funder",
    )

    def fill(self, project: Project) -> None:
        super().fill(project)
        if self.lead_id.raw_data is None:
            self.lead_id.data = str(project.lead_id or "")

    def answers(self) -> Values:
        lead = self.lead_id.data
        return {"lead_id": int(lead) if lead else None, "funder": self.funder.data}


class DatesForm(TaskForm):
    """When fieldwork is hoped for; it is planned only once nothing binding is missing."""

    expected_start_on = DateField(
        "When do you hope to begin fieldwork?", subject="Start", required="Enter the start you hope for"
    )
    expected_end_on = DateField(
        "When do you expect it to end?", subject="End", required="Enter the end you expect"
    )

    def answers(self) -> Values:
        check_dates(self.expected_start_on.data, self.expected_end_on.data)
        return super().answers()


class TierForm(TaskForm):
    """Tier and stage."""

    tier = RadiosField(
        "Which tier is it?",
        choices=choices(Tier),
        required="Select the tier",
        hints={
            "csa_led": "Funded or done by the Office of the Police Chief Scientific Adviser",
            "force_led": "Funded by a force or a force-based capability",
            "collaborator_led": "Led by a university or by industry",
        },
    )
    stage = RadiosField("Which stage is it at?", choices=choices(Stage), required="Select the stage")

    def answers(self) -> Values:
        return {"tier": term(Tier, self.tier.data), "stage": term(Stage, self.stage.data)}


class ScopeForm(TaskForm):
    """Is it research in scope of the Concordat?"""

    scope_decision = RadiosField(
        "Is it research in scope?",
        hint="Research creates new knowledge in a systematic way",
        choices=choices(ScopeDecision),
        required="Select whether it is in scope",
        hints={"out_of_scope": "It is kept with its reason, so that the decision can be checked"},
    )
    new_knowledge = RadiosField(
        "Does it create new knowledge in a systematic way?",
        hint="The usual test of research, kept so that the decision can be checked. Optional",
        choices=choices(Tick),
    )
    roles = CheckboxesField(
        "What does the organisation do in it?",
        hint="Select all that apply. Optional",
        choices=choices(ResearchRole),
    )
    scope_reason = SelectField(
        "If it is out or partly in scope: why?",
        choices=options([(reason.value, reason.label) for reason in ScopeReason], empty="Choose a reason"),
    )
    scope_note = LongTextField("Anything to add", hint="Optional", rows=3)

    def fill(self, project: Project) -> None:
        super().fill(project)
        if self.roles.raw_data is None:
            self.roles.data = [row.role.value for row in project.roles]

    def answers(self) -> Values:
        decision = term(ScopeDecision, self.scope_decision.data)
        reason = term(ScopeReason, self.scope_reason.data)
        if decision:
            NewScope(decision, reason, self.scope_note.data).check()
        kept = None if decision is ScopeDecision.IN_SCOPE else reason
        return {
            "scope_decision": decision,
            "scope_reason": kept,
            "scope_note": self.scope_note.data,
            "new_knowledge": term(Tick, self.new_knowledge.data),
            "roles": [ResearchRole(value) for value in self.roles.data or []],
        }


class InterestsForm(TaskForm):
    """Conflicts of interest."""

    interests_declared = RadiosField(
        "Does anyone on the project have a conflict of interest?",
        choices=options([("yes", "Yes"), ("no", "No")]),
        required="Select yes if anyone has a conflict of interest",
    )
    interests = LongTextField(
        "If yes: what is it, and how is it kept in check?", hint="Name posts, not people"
    )

    def fill(self, project: Project) -> None:
        super().fill(project)
        if self.interests_declared.raw_data is None and project.interests_declared is not None:
            self.interests_declared.data = "yes" if project.interests_declared else "no"

    def validate(self, extra_validators: Any = None) -> bool:
        """Yes needs its words."""
        fine = bool(super().validate(extra_validators))
        if self.interests_declared.data == "yes" and not self.interests.data:
            self.interests.errors = ["Say what the conflict is and how it is kept in check"]
            return False
        return fine

    def answers(self) -> Values:
        said = self.interests_declared.data
        kept = None if said == "no" else self.interests.data
        return {"interests_declared": said == "yes" if said else None, "interests": kept}


class OpennessForm(TaskForm):
    """Protocol, publication and the five open-science pillars."""

    protocol_plan = LongTextField(
        "How will you publish the protocol or analysis plan?", required="Say how, or why not", rows=3
    )
    protocol_published_on = DateField(
        "When was it published?", subject="Date of publication", hint="Leave empty if it is not public yet"
    )
    protocol_address = TextField("Where is it?", hint="Address. Optional", longest=500)
    publication_plan = LongTextField(
        "How will you publish the results?", required="Say how, or why not", rows=3
    )
    results_published_on = DateField(
        "When were the results published?",
        subject="Date of publication",
        hint="Leave empty if they are not public yet",
    )
    results_address = TextField("Where are they?", hint="Address. Optional", longest=500)


class PillarsForm(TaskForm):
    """The five open-science pillars; blank is not no."""

    preregistered = RadiosField(Pillar.PREREGISTERED.label, choices=choices(PillarAnswer), inline=True)
    open_data = RadiosField(Pillar.OPEN_DATA.label, choices=choices(PillarAnswer), inline=True)
    open_materials = RadiosField(Pillar.OPEN_MATERIALS.label, choices=choices(PillarAnswer), inline=True)
    open_access = RadiosField(Pillar.OPEN_ACCESS.label, choices=choices(PillarAnswer), inline=True)
    citizen_science = RadiosField(
        Pillar.CITIZEN_SCIENCE.label,
        hint="People concerned help to set priorities and judge the work",
        choices=choices(PillarAnswer),
        inline=True,
    )

    def fill(self, project: Project) -> None:
        for row in project.pillars:
            if self._fields[row.pillar.value].raw_data is None:
                self._fields[row.pillar.value].data = row.answer.value

    def answers(self) -> Values:
        given = {pillar: self._fields[pillar.value].data for pillar in Pillar}
        return {"pillars": {pillar: PillarAnswer(value) for pillar, value in given.items() if value}}


def intake_form(name: str, asked: tuple[Involvement, ...]) -> type[TaskForm]:
    """A form that asks yes, no or not sure for each of these; blank is not no."""

    def fill(self: TaskForm, project: Project) -> None:
        known = {row.involvement: row.answer for row in project.intake}
        for one in asked:
            field = self._fields[one.value]
            if field.raw_data is None and one in known:
                field.data = known[one].value

    def answers(self: TaskForm) -> Values:
        given = {one: self._fields[one.value].data for one in asked}
        return {"intake": {one: Tick(answer) for one, answer in given.items() if answer}}

    parts: dict[str, Any] = {
        one.value: RadiosField(
            f"{one.label}?",
            choices=choices(Tick),
            inline=True,
            required=f"Select yes, no or not sure: {one.label}",
        )
        for one in asked
    }
    return type(
        name, (TaskForm,), {**parts, "fill": fill, "answers": answers, "__doc__": "Intake questions."}
    )


I = Involvement  # noqa: E741
PeopleForm = intake_form(
    "PeopleForm",
    (
        I.PEOPLE,
        I.VULNERABLE_GROUPS,
        I.PROTECTED_CHARACTERISTICS,
        I.SOCIAL_RESEARCH,
        I.UNIVERSITY,
        I.NON_POLICE_ACCESS,
    ),
)
DataForm = intake_form(
    "DataForm",
    (
        I.PERSONAL_DATA,
        I.SPECIAL_CATEGORY_DATA,
        I.BIOMETRIC,
        I.ALGORITHM_OR_AI,
        I.LINKED_OR_ADMIN_DATA,
        I.DATA_LEAVES_CONTROLLER,
        I.CONFIDENTIAL_PATIENT_INFORMATION,
    ),
)
PlacesForm = intake_form(
    "PlacesForm",
    (
        I.POLICE_RESOURCES,
        I.NHS,
        I.NHS_STAFF,
        I.PRISON_OR_PROBATION,
        I.DEFENCE,
        I.OVERSEAS_OR_DUAL_USE,
        I.ANIMALS,
        I.HUMAN_TISSUE,
    ),
)


class PartnerForm(VersionedForm):
    """One partner."""

    kind = RadiosField(
        "What sort of partner?", choices=choices(PartnerKind), required="Select the sort of partner"
    )
    name = TextField("Name of the partner", required="Enter the name of the partner")
    charter = RadiosField(
        "For a supplier: has it signed the Police Industry Charter?", choices=choices(CharterStatus)
    )

    def answers(self) -> Values:
        """What was entered; only suppliers have a charter status."""
        kind = PartnerKind(self.kind.data)
        charter = CharterStatus(self.charter.data or "not_known") if kind is PartnerKind.SUPPLIER else None
        return {"kind": kind, "name": self.name.data, "charter": charter}

    def fill(self, partner: Partner) -> None:
        """Show what is kept of a partner, on the first look."""
        if self.name.raw_data is None:
            self.kind.data, self.name.data = partner.kind.value, partner.name
            self.charter.data = partner.charter.value if partner.charter else None


class PlanStartForm(VersionedForm):
    """The day fieldwork is planned to begin."""

    start_on = DateField("When will fieldwork begin?", subject="Start", required="Enter the planned start")


class RecordStartForm(VersionedForm):
    """The day fieldwork began, whatever was missing."""

    start_on = DateField("When did fieldwork begin?", subject="Start", required="Enter the day it began")
    reason = LongTextField(
        "If something binding was missing: why did it begin?",
        hint="It is recorded as an exception, and the board sees it at once",
        rows=4,
    )


class RecordEndForm(VersionedForm):
    """The day fieldwork ended."""

    ended_on = DateField("When did the research end?", subject="End", required="Enter the day it ended")
