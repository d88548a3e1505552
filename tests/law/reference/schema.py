# SPDX-License-Identifier: Apache-2.0
"""Shapes of the input lines: what is a known key, a right type, a number in range."""
import datetime
import re

POSTS = ("chair", "vice_chair", "women_member", "member")
PARTY_POSTS = ("party_secretary", "party_deputy", "discipline", "party_committee")
NEAR = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild")
RELATIONS = NEAR + ("child_in_law", "parent_in_law", "sibling_in_law", "uncle_aunt",
                    "nephew_niece", "none")
REQUIRED = object()
ABSENT = object()


class Invalid(Exception):
    """The line breaks the contract; the message is the field."""


def need(condition, field):
    if not condition:
        raise Invalid(field)


def count(least=0):
    def test(value, field):
        need(type(value) is int and least <= value <= 999999999, field)
        return value
    return test


def boolean(value, field):
    need(type(value) is bool, field)
    return value


def text(value, field):
    need(type(value) is str, field)
    return value


def name(value, field):
    need(type(value) is str and value.strip() != "", field)
    return value


def one_of(*values):
    def test(value, field):
        need(type(value) is str and value in values, field)
        return value
    return test


def number_of(*values):
    def test(value, field):
        need(type(value) is int and value in values, field)
        return value
    return test


def null_or(inner):
    def test(value, field):
        return None if value is None else inner(value, field)
    return test


def date(value, field):
    need(type(value) is str and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value), field)
    year, month, day = (int(part) for part in value.split("-"))
    need(1900 <= year <= 2199, field)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise Invalid(field) from None


def list_of(inner, unique=None):
    """unique: the key (or None for the item itself given as "") that may not repeat."""
    def test(value, field):
        need(type(value) is list, field)
        items = [inner(item, "%s[%d]" % (field, i)) for i, item in enumerate(value)]
        if unique is not None:
            keys = [item[unique] if unique else item for item in items]
            need(len(set(keys)) == len(keys), field)
        return items
    return test


def obj(**keys):
    """Each key: validator (required), or (validator, default); ABSENT leaves the key out."""
    def test(value, field):
        need(type(value) is dict, field)
        for key in value:
            need(key in keys, "%s.%s" % (field, key))
        result = {}
        for key, rule in keys.items():
            inner, default = rule if type(rule) is tuple else (rule, REQUIRED)
            if key in value:
                result[key] = inner(value[key], "%s.%s" % (field, key))
            else:
                need(default is not REQUIRED, "%s.%s" % (field, key))
                if default is not ABSENT:
                    result[key] = default
        return result
    return test


def by_post(inner):
    def test(value, field):
        need(type(value) is dict, field)
        return {one_of(*POSTS)(key, field): inner(item, "%s.%s" % (field, key))
                for key, item in value.items()}
    return test


def defect(value, field):
    need(type(value) is str, field)
    need(value in ("signed", "not_official", "illegible_all")
         or (value.startswith("unreadable:") and value[11:] in POSTS), field)
    return value


FLAG = (boolean, False)
YES = (boolean, True)
DAY = (date, None)
SEX = one_of("m", "f")
POST = one_of(*POSTS)
ANY_POST = one_of(*(PARTY_POSTS + POSTS))
NAMES = list_of(name)
PARTY_SANCTIONS = ("warning", "serious_warning", "removal", "probation", "expulsion")
ADMIN_SANCTIONS = ("warning", "demerit", "major_demerit", "demotion", "removal", "dismissal")


def sanction(kinds):
    return (obj(kind=one_of(*kinds), decided=date), None)


SHAPES = {
    "poll": obj(
        polling_day=DAY, registered=count(1), issued=count(), recovered=count(),
        void=(count(), 0), round=(number_of(1, 2), 1), combined=YES,
        merge=(one_of("none", "down_add"), "none"),
        elected_before=(list_of(obj(post=POST, name=name, sex=SEX), "name"), []),
        posts=(list_of(obj(
            post=POST, seats=count(1), section_void=(count(), 0),
            issued=(count(), None), recovered=(count(), None), void=(count(), 0),
            candidates=list_of(obj(
                name=name, sex=SEX, votes=count(), write_in=FLAG, registered=YES, age_ok=YES,
                kin=(NAMES, [])), "name")), "post"), [])),
    "ballots": obj(
        posts=list_of(obj(post=POST, seats=count(1), candidates=list_of(name, "")), "post"),
        voters=(NAMES, None), duplicate_names=(NAMES, []),
        scope=(one_of("section", "ballot"), None),
        ballots=list_of(obj(
            marks=by_post(NAMES), write_ins=(by_post(NAMES), {}), against=(by_post(NAMES), {}),
            defects=(list_of(defect), [])))),
    "party_meeting": obj(
        full_members=count(1), probationary_present=(count(), 0), present=count(),
        issued=(count(), None), recovered=(count(), None), void=(count(), 0), seats=count(1),
        candidates=list_of(obj(**{"name": name, "for": count(), "write_in": FLAG}), "name"),
        body=(one_of("committee", "officers"), "committee"),
        exclusions=(list_of(obj(
            reason=one_of("mental", "abroad", "detained", "bedridden", "moved_away"),
            member_heard=boolean, township_consent=boolean, meeting_passed=boolean)), [])),
    "calendar": obj(
        polling_day=date,
        events=obj(
            audit_published=DAY, vec_formed=DAY, voter_list_posted=DAY,
            objection_received=(list_of(date), None), objection_decided=(list_of(date), None),
            candidates_posted=DAY, polling_notice_posted=DAY,
            proxy_filed=(list_of(date), None), candidate_withdrawn=(list_of(date), None),
            result_announced=DAY, second_polling_day=DAY, committee_formed=DAY,
            handover_done=DAY, certificates_issued=DAY, archive_done=DAY)),
    "register": obj(
        polling_day=date,
        person=obj(
            birth=date, hukou_here=boolean, resident_here=boolean, resident_since=DAY,
            village_work_since=DAY, wishes=(null_or(boolean), None), reply_due_passed=FLAG,
            applied=FLAG, assembly_consent=FLAG, deprived=FLAG, registered_elsewhere=FLAG,
            unable=FLAG)),
    "proxy": obj(
        polling_day=date, filed=date, on_site=FLAG, redelegated=FLAG,
        principal=obj(registered=boolean, away=boolean),
        proxy=obj(registered=boolean, relation=one_of(*RELATIONS), candidate=FLAG,
                  holds=count())),
    "nominate": obj(
        registered=count(1), papers=count(),
        posts=list_of(obj(
            post=POST, seats=count(1), places=count(1),
            nominees=list_of(obj(
                name=name, sex=SEX, votes=count(), accepts=(null_or(POST), ABSENT)),
                "name")), "post")),
    "surplus": obj(
        body=one_of("party", "village", "party_initial"),
        post=(one_of(*(POSTS + ("committee", "officers"))), None),
        seats=count(1), candidates=count()),
    "vec": obj(
        polling_day=DAY,
        members=list_of(obj(name=name, votes=count(), nominated=FLAG,
                            kin_nominated=(one_of(*RELATIONS), None)), "name"),
        alternates=(list_of(obj(name=name, votes=count()), "name"), []),
        size_rule=(obj(min=count(), max=(count(), None)), None)),
    "supervise": obj(
        polling_day=DAY, committee=(NAMES, []),
        members=list_of(obj(
            name=name, votes=count(), committee_member=FLAG,
            relation=(one_of(*RELATIONS), "none"), finance=FLAG,
            post=(one_of("accountant", "clerk", "coop_head", "party_secretary", "discipline"),
                  None)), "name")),
    "assembly": obj(
        kind=one_of("villagers", "households", "representatives", "group"),
        total=count(1), present=count(), favour=count()),
    "recall": obj(
        electors=(count(1), None), signatures=(count(), None), representatives=(count(), None),
        representative_signatures=(count(), None), registered=(count(1), None),
        recovered=(count(), None), agree=(count(), None)),
    "team": obj(
        population=count(1),
        members=list_of(obj(
            name=name, sex=SEX, birth=date, party=boolean, new=FLAG,
            education=one_of("primary", "junior", "senior", "college", "bachelor"),
            posts=list_of(ANY_POST, "")), "name"),
        previous=(obj(members=count(), women=count()), None)),
    "eligible": obj(
        ref_day=date, post=ANY_POST, incumbent_post=(ANY_POST, None),
        person=obj(
            birth=date, sex=SEX, party_expelled=FLAG, criminal_punishment=FLAG, gang=FLAG,
            cult=FLAG, party_sanction=sanction(PARTY_SANCTIONS),
            admin_sanction=sanction(ADMIN_SANCTIONS), bribery_found=DAY,
            under_investigation=FLAG, assessed_incompetent=(list_of(count()), []),
            violations_open=(NAMES, []))),
    "kin": obj(polling_day=DAY, a=name, b=name, relation=one_of(*RELATIONS)),
    "idcard": obj(number=text),
    "order": obj(names=NAMES,
                 style=(one_of("single_first", "stroke_by_stroke"), "single_first")),
}
CHECKS = tuple(SHAPES)
