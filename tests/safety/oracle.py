"""The clinical table once more, read from top to bottom as a clinician would.

Written from the table itself and not from the content: that the two agree is what the tests show.
"""

from collections.abc import Collection

AT_ONCE = {
    "bladder_bowel",
    "saddle_numbness",
    "both_legs",
    "limb_weakness",
    "serious_accident",
    "chest_pain",
    "sudden_severe",
    "fever_very_unwell",
    "pregnancy_bleeding",
}
NERVE_SIGNS = {"limb_numbness", "limb_weakness_stable"}
TODAY = {
    "limb_weakness_stable",
    "fever",
    "infection_risk",
    "weight_loss_ill",
    "cancer_history",
    "night_pain",
    "lump_shape",
    "between_shoulders",
    "pulsing_belly",
    "urine_flank",
}
PRESSING = {"limb_below_knee", "limb_worsening", "limb_cough"}
WEAK_BONES = {"osteoporosis", "steroids"}
IN_DAYS = {
    "limb_numbness",
    "osteoporosis",
    "steroids",
    "under_20",
    "night_pain_known",
    "eased_by_sitting",
    "severe",
    "worsening",
    "stops_life",
}


def level_of(facts: Collection[str]) -> str:
    ticked = set(facts)
    if _emergency(ticked):
        return "emergency"
    if _same_day(ticked):
        return "same_day"
    return "soon" if _soon(ticked) else "self_care"


def _emergency(ticked: set[str]) -> bool:
    fever_with_nerve_signs = "fever" in ticked and bool(ticked & NERVE_SIGNS)
    return bool(ticked & AT_ONCE) or fever_with_nerve_signs


def _same_day(ticked: set[str]) -> bool:
    limb = "limb_numbness" in ticked and bool(ticked & PRESSING)
    fall = "minor_fall" in ticked and bool(ticked & {"over_50", *WEAK_BONES})
    break_without_fall = bool(ticked & WEAK_BONES) and {"severe", "severe_new"} <= ticked
    return bool(ticked & TODAY) or limb or fall or break_without_fall


def _soon(ticked: set[str]) -> bool:
    late_first = {"over_50", "first_episode"} <= ticked
    standing_still = {"three_days", "not_easing"} <= ticked
    return bool(ticked & IN_DAYS) or late_first or standing_still
