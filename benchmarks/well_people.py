"""How often the rules raise an alarm in simulated well people.

A well adult, pregnant woman or infant here has everyday complaints, independent of each
other, at the rates below, and belongs to the usual groups. Real complaints come in
company, so only orders of magnitude mean something. The rates of the first five
complaints of adults are those that a telephone survey of 1,000 adults in New Zealand
found over seven days (Petrie and others, BMJ Open 2014;4:e005374; the summary was
read). All others are assumptions of this project.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import minsight
from minsight.scales import CALM, LEVELS

READ: Final = {
    "back_pain": 0.38,
    "fatigue": 0.36,
    "headache": 0.35,
    "runny_nose": 0.34,
    "joint_pain": 0.34,
}
ASSUMED: Final = {
    "poor_sleep": 0.25, "muscle_pain": 0.20, "anxiety": 0.15, "low_mood": 0.12,
    "poor_concentration": 0.12, "irritability": 0.12, "abdominal_pain": 0.10,
    "bloating": 0.12, "constipation": 0.08, "diarrhea": 0.06, "nausea": 0.06,
    "dizziness": 0.08, "palpitations": 0.05, "dry_skin": 0.15, "itch": 0.08,
    "hair_loss": 0.06, "brittle_nails": 0.08, "muscle_cramps": 0.15,
    "tingling_hands_feet": 0.07, "restless_legs": 0.05, "cold_intolerance": 0.08,
    "exertional_dyspnea": 0.05, "poor_appetite": 0.04, "mouth_ulcers": 0.05,
    "muscle_weakness": 0.04, "cough": 0.15, "frequent_infections": 0.03,
    "reduced_exercise_tolerance": 0.05, "unexplained_weight_gain": 0.04,
    "tooth_decay": 0.10, "bone_pain": 0.02, "muscle_twitching": 0.05,
    "white_nails": 0.05, "dry_mouth": 0.05, "taste_loss": 0.01, "pallor": 0.01,
    "lethargy": 0.04, "excessive_thirst": 0.03, "frequent_urination": 0.06,
    "low_libido": 0.06, "night_sweats": 0.04,
}  # fmt: skip
OF_OLDER: Final = {
    "frequent_falls": 0.08, "unsteady_gait": 0.06, "cognitive_impairment": 0.06,
    "edema": 0.08, "dizzy_on_standing": 0.08,
}  # fmt: skip
OF_WOMEN_TO_50: Final = {"heavy_periods": 0.15, "irregular_periods": 0.10}

GROUPS: Final = {
    "vegetarian_diet": 0.06, "vegan_diet": 0.015, "tea_with_meals": 0.20,
    "ppi_long_term": 0.07, "nsaid": 0.08, "dairy_avoidance": 0.04,
    "endurance_exercise": 0.03, "low_diet_diversity": 0.08, "blood_donor": 0.02,
    "alcohol_use_disorder": 0.03, "metformin": 0.04, "diabetes": 0.05,
    "hyponatraemia_drug": 0.07, "high_sugar": 0.15, "no_iodised_salt": 0.20,
    "celiac_disease": 0.007, "thyroid_disease": 0.03, "bariatric_surgery": 0.005,
}  # fmt: skip
OF_PREGNANT: Final = {
    "fatigue": 0.6, "nausea": 0.4, "vomiting": 0.25, "frequent_urination": 0.5,
    "edema": 0.25, "heartburn": 0.4, "back_pain": 0.5, "muscle_cramps": 0.3,
    "restless_legs": 0.2, "poor_sleep": 0.4, "constipation": 0.3, "bloating": 0.3,
    "gum_bleeding": 0.15, "nosebleeds": 0.1, "varicose_veins": 0.1,
    "breast_tenderness": 0.4, "exertional_dyspnea": 0.3, "headache": 0.25,
    "dizziness": 0.2, "palpitations": 0.15, "mood_swings": 0.2, "joint_pain": 0.15,
    "vaginal_discharge": 0.2, "heat_intolerance": 0.15, "carpal_tunnel": 0.05,
    "itch": 0.08, "sugar_craving": 0.2, "runny_nose": 0.25, "poor_appetite": 0.1,
    "pica": 0.03, "brittle_nails": 0.08, "hair_loss": 0.05, "low_libido": 0.2,
}  # fmt: skip
GROUPS_OF_PREGNANT: Final = {
    "vegetarian_diet": 0.06, "vegan_diet": 0.015, "tea_with_meals": 0.2,
    "dairy_avoidance": 0.05, "low_diet_diversity": 0.08, "no_iodised_salt": 0.2,
    "multivitamin": 0.5, "supplement_user": 0.5, "thyroid_disease": 0.03,
}  # fmt: skip
OF_INFANTS: Final = {
    "cough": 0.2, "perianal_rash": 0.25, "irritability": 0.25, "poor_sleep": 0.3,
    "runny_nose": 0.3, "dandruff": 0.25, "hiccups": 0.3, "passing_wind": 0.4,
    "crying_infant": 0.3, "dry_skin": 0.15, "dermatitis": 0.1, "transient_rash": 0.1,
    "constipation": 0.08, "bloating": 0.1, "umbilical_hernia": 0.05,
    "chapped_lips": 0.05, "bowed_legs": 0.1, "heartburn": 0.1, "sparse_hair": 0.03,
    "itch": 0.02, "excessive_sweating": 0.02, "hair_loss": 0.03,
}  # fmt: skip
GROUPS_OF_INFANTS: Final = {
    "full_term": 0.9, "exclusively_breastfed": 0.3, "formula_fed": 0.4,
    "breastfed": 0.5, "no_iodised_salt": 0.2, "previously_healthy": 0.9,
    "cow_milk_before_12m": 0.03,
}  # fmt: skip
OF_OLDER_GROUPS: Final = {"thiazide_diuretic": 0.12, "loop_diuretic": 0.03}


def well_adults(
    number: int, *, seed: int, rate: float, known: frozenset[str]
) -> Iterator[minsight.Subject]:
    """Well adults of 20 to 85 years; `rate` scales the complaints, not the groups."""
    chance = random.Random(seed)
    for _ in range(number):
        age, sex = chance.randint(20, 85), chance.choice(["female", "male"])
        complaints: dict[str, float] = {**READ, **ASSUMED}
        groups: dict[str, float] = dict(GROUPS)
        if age >= 65:
            complaints |= OF_OLDER
            groups |= OF_OLDER_GROUPS
        if sex == "female" and age < 50:
            complaints |= OF_WOMEN_TO_50
            groups |= {"menstruating": 0.9}
        present = _drawn(chance, complaints, rate)
        yield minsight.Subject(
            present=[id_ for id_ in present if id_ in known],
            groups=_drawn(chance, groups, 1.0),
            age=f"{age}y",
            sex=sex,
        )


def well_pregnant_women(
    number: int, *, seed: int, rate: float, known: frozenset[str]
) -> Iterator[minsight.Subject]:
    """Well pregnant women of 18 to 42 years."""
    chance = random.Random(seed)
    for _ in range(number):
        present = _drawn(chance, OF_PREGNANT, rate)
        yield minsight.Subject(
            present=[id_ for id_ in present if id_ in known],
            groups=["pregnant", *_drawn(chance, GROUPS_OF_PREGNANT, 1.0)],
            age=f"{chance.randint(18, 42)}y",
            sex="female",
        )


def well_infants(
    number: int, *, seed: int, rate: float, known: frozenset[str]
) -> Iterator[minsight.Subject]:
    """Well infants of 1 to 11 months."""
    chance = random.Random(seed)
    for _ in range(number):
        present = _drawn(chance, OF_INFANTS, rate)
        yield minsight.Subject(
            present=[id_ for id_ in present if id_ in known],
            groups=_drawn(chance, GROUPS_OF_INFANTS, 1.0),
            age=f"{chance.randint(1, 11)}mo",
            sex=chance.choice(["female", "male"]),
        )


WHOM: Final = {
    "adults": well_adults,
    "pregnant women": well_pregnant_women,
    "infants": well_infants,
}


def _drawn(chance: random.Random, rates: Mapping[str, float], by: float) -> list[str]:
    return [id_ for id_, rate in rates.items() if chance.random() < rate * by]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--people", type=int, default=2_000, help="per kind and rate [default: 2000]"
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rules = minsight.load()
    known = frozenset(rules.vocabulary.finding)
    print(f"{options.people:,} simulated well people of each kind and rate")
    for whom, simulated in WHOM.items():
        for rate in (0.5, 1.0):
            people = simulated(
                options.people, seed=options.seed, rate=rate, known=known
            )
            print(f"\n{whom}, rate {rate:g} of the stated complaints")
            _report(rules, people, options.people)


def _report(
    rules: minsight.Rules, people: Iterable[minsight.Subject], number: int
) -> None:
    highest, lifted, hurried = Counter[str](), Counter[str](), Counter[str]()
    above = 0
    for subject in people:
        assessment = rules.assess(subject)
        candidates = assessment.candidates
        if assessment.urgency.level not in CALM:
            above += 1
            hurried.update(one.flag for one in assessment.urgency.reasons[:1])
        highest[
            max((c.level for c in candidates), key=LEVELS.index, default=LEVELS[0])
        ] += 1
        for candidate in candidates:
            if candidate.level == "typical_pattern":
                lifted[f"{candidate.mineral} by {candidate.reasons[0].rule}"] += 1
    for level in LEVELS:
        print(f"  {level:18}{highest[level] / number:8.3f}")
    for name, count in lifted.most_common(12):
        print(f"    typical_pattern: {count / number:.4f} {name}")
    print(f"  above routine     {above / number:8.3f}")
    for name, count in hurried.most_common(12):
        print(f"    above routine: {count / number:.4f} {name}")


if __name__ == "__main__":
    main()
