-- SPDX-License-Identifier: Apache-2.0
-- People of units stationed in the village 驻村单位人员 (组织法 §38, REG-08).

CREATE TABLE stationed (
    unit TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (unit, person)
);
