#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The peer of bench_import: the sqlite3 shell doing a bare .import of the same register, without
# journal, sync or encryption, and checks of the number in SQL: form, check digit, date, twice.
# usage: peer_import.sh REGISTER.csv DATABASE OUT.csv
rm -f "$2"
sum=
at=1
for weight in 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2; do
    sum="$sum${sum:++}$weight*(unicode(substr(身份证号,$at,1))-48)"
    at=$((at + 1))
done
day="substr(身份证号,7,4)||'-'||substr(身份证号,11,2)||'-'||substr(身份证号,13,2)"
exec sqlite3 "$2" <<SQL
PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA temp_store=memory; PRAGMA cache_size=-2000000;
.mode csv
.import "$1" r
create index ri on r(身份证号,村代码);
.once "$3"
with v as (select rowid id, case when not (length(身份证号)=18 and substr(身份证号,1,17) not glob '*[^0-9]*') then 'BADFMT'
 when substr('10X98765432',($sum)%11+1,1)<>upper(substr(身份证号,18,1)) then 'BADCHK'
 when date($day,'+0 days') is not $day then 'BADDATE' end k from r)
select k,村代码,户号,姓名,身份证号 from v join r on r.rowid=v.id where k is not null
union all select 'DUP',村代码,户号,姓名,身份证号 from r where 身份证号 in (select 身份证号 from r group by 身份证号 having count(*)>1);
SQL
