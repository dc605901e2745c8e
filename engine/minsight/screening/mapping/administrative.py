"""Administrative: columns of survey programs that say nothing of health, by name."""

from __future__ import annotations

import re
from typing import Final

_PROGRAM: Final = re.compile(
    r"""(?ix)(?:.*[/.:])?_?(?:
      start | end | today | device_?id | subscriber_?id | sim_?serial | phone_?number
    | user_?name | uuid | index | version | validation_?status | submission_?time
    | submitted_?by | status | notes? (?=\Z) \b\B | tags | parent_(?:index|table_name) | meta.*
    | instance_?(?:id|name) | form_?(?:id|version|def.*) | (?:end|start|submit|date|updated|created).?(?:date|stamp|time|at)?
    | ip.?address | progress | duration.* | finished | recorded.?date | response.?(?:id|type)
    | recipient.* | external.?(?:data)?.?reference | distribution.?channel | user.?language
    | location.?(?:latitude|longitude) | latitude | longitude | gps.* | geo.?(?:point|location).*
    | altitude | accuracy | precision | collector.?id | email.?(?:address)? | first.?name
    | last.?name | custom.?data.* | event.?name | redcap_.* | repeat.?(?:instrument|instance)
    | survey.?(?:timestamp|identifier) | .*_complete | complete\? | timestamp | start.?time
    | completion.?time | last.?modified.?time | last.?page | start.?language | seed | token
    | global.?record.?id | rec.?status | unique.?key | fkey | marca.?temporal | interviewer.*
    | enumerator.*
    )\s*"""
)
"""What programs write of a form and the person who fills it in."""
_PERSONAL: Final = re.compile(
    r"(?i)\b(?:name|names|surname|e-?mail|phone|mobile|tel|telephone|address|postcode|zip"
    r"|passport|national id|nhs|ssn|social security|nombre|apellidos?|correo|nom|pr\u00e9nom"
    r"|courriel|adresse|vorname|nachname|telefon|nome|sobrenome|telefone|facility|school"
    r"|village|district|ward|signature|initials|contact|username|ip|doctor|hospital"
    r"|date of birth|dob|birth\w*|geburtsdatum|fecha de nacimiento)\b"
)


def is_administrative(name: str) -> bool:
    """Whether a program writes this column of its own accord.

    >>> is_administrative("_submission_time"), is_administrative("Fatigue")
    (True, False)
    """
    return bool(_PROGRAM.fullmatch(name))


def is_personal(name: str) -> bool:
    """Whether a column of this name may tell who somebody is.

    >>> is_personal("child_name"), is_personal("Your e-mail"), is_personal("Pallor")
    (True, True, False)
    """
    return bool(_PERSONAL.search(re.sub(r"[_./]+", " ", name)))
