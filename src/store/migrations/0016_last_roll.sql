-- SPDX-License-Identifier: Apache-2.0
-- Who stood on the last term's list, so that people who came from or went to another village are
-- found (四增四减): the keyed hash of the number, "" if there is none, and the birthday.
ALTER TABLE last_roll ADD COLUMN id_mac TEXT NOT NULL DEFAULT '';
ALTER TABLE last_roll ADD COLUMN birth TEXT;
CREATE INDEX last_roll_mac ON last_roll (id_mac);
