-- SPDX-License-Identifier: Apache-2.0
-- Village election committee 村民选举委员会, its meetings, adopted rules: an index of the ledger.

-- kind: member, alternate. state: in, left, waiting (an alternate not called). post: chair,
-- vice_chair, member. votes decide the order of alternates.
CREATE TABLE committee_member (
    unit TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    post TEXT NOT NULL,
    votes BIGINT NOT NULL,
    place BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (unit, person)
);

-- Decisions of the committee's meetings; passed: 1 if more than half of all members.
CREATE TABLE committee_decision (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    item BIGINT NOT NULL,
    matter TEXT NOT NULL,
    favour BIGINT NOT NULL,
    members BIGINT NOT NULL,
    passed BIGINT NOT NULL,
    PRIMARY KEY (unit, seq, item)
);

-- Adopted rules 选举办法 and work plan.
CREATE TABLE adopted_rules (
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    seq BIGINT NOT NULL,
    bars TEXT NOT NULL,
    mode TEXT NOT NULL,
    audit_sample BIGINT NOT NULL,
    PRIMARY KEY (unit, kind)
);

-- Numbers of candidates the rules set per post.
CREATE TABLE rules_place (
    unit TEXT NOT NULL,
    post TEXT NOT NULL,
    candidates BIGINT NOT NULL,
    PRIMARY KEY (unit, post)
);
