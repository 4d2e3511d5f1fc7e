"""How the constraints about what people say and decide about a statement are broken, in SQL."""

REASONS = (
    "acknowledgement",
    "cell_decision",
    "comparison_policy",
    "figure_override",
    "return_reopening",
    "small_number_policy",
)
OF_STATEMENTS: dict[str, list[dict[str, str]]] = {
    **{f"ck_{table}_reason_given": [{"reason": "''"}] for table in REASONS},
    "ck_board_meeting_kept_once_held": [{"held_on": "'2026-04-02'"}],
    "ck_frozen_return_fingerprint_is_sha256": [{"sha256": "'abc'"}],
    "ck_frozen_return_number_from_one": [{"number": "0"}],
    "ck_lesson_offer_text_given": [{"text": "''"}],
    "ck_acknowledgement_warning_named": [{"warning": "''"}, {"facts": "''"}],
    "ck_cell_decision_never_a_zero": [{"number": "0"}],
    "ck_figure_override_number_not_negative": [{"number": "-1"}],
    "ck_figure_override_part_of_whole": [{"number": "3", "whole": "2"}, {"whole": "2"}],
    "ck_small_number_policy_below_makes_sense": [{"below": "2"}, {"below": "21"}],
    "ck_comment_answers_a_comment": [{"answers_id": "NULL"}, {"kind": "'comment'"}],
    "ck_comment_text_given": [{"text": "NULL"}, {"text": "''"}],
}
