#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The peer of bench_tally: the same count in plain Python, and the ballots to count.

usage: peer_tally.py make N FOLDER | peer_tally.py count BALLOTS.csv VILLAGES.csv OUT.csv
"""
import csv
import random
import sys
from collections import Counter, defaultdict

POSTS = ("主任", "副主任", "委员")
NAMES = ("王伟", "李芳", "张强", "刘洋", "陈静", "杨磊", "黄敏", "赵军", "欧阳山")


def section(rng, candidates, seats):
    number = rng.choice((0, seats, seats, seats, seats, max(seats - 1, 1), seats + 1))
    marks = [str(n) for n in rng.sample(range(1, candidates + 1), min(number, candidates))]
    if marks and rng.random() < 0.02:
        marks[-1] = "@" + rng.choice(NAMES)
    return ";".join(marks)


def make(count, folder):
    rng = random.Random(20261210)
    with open(f"{folder}/ballots.csv", "w", encoding="utf-8") as ballots, \
            open(f"{folder}/villages.csv", "w", encoding="utf-8") as villages:
        ballots.write("村代码,票箱,票号,主任,副主任,委员\n")
        villages.write("村代码,登记选民数,主任候选,副主任候选,委员候选,主任名额,副主任名额,委员名额\n")
        done = village = 0
        while done < count:
            registered = rng.randrange(800, 2000)
            cast = min(registered * rng.randrange(40, 96) // 100, count - done)
            code = f"5299{21 + village // 4000:02}{village // 20 % 200 + 100:03}{village % 20 + 200:03}"
            sizes = (2, rng.choice((2, 3)), rng.choice((4, 5, 6)))
            villages.write(f"{code},{registered},{sizes[0]},{sizes[1]},{sizes[2]},1,1,3\n")
            for ballot in range(cast):
                marks = ",".join(section(rng, size, seats) for size, seats in zip(sizes, (1, 1, 3)))
                ballots.write(f"{code},{ballot * 5 // cast + 1},{ballot + 1:06},{marks}\n")
            done += cast
            village += 1


def count(ballots, villages, out):
    with open(villages, encoding="utf-8") as file:
        rows = {row["村代码"]: row for row in csv.DictReader(file)}
    seats = {code: [int(row[post + "名额"]) for post in POSTS] for code, row in rows.items()}
    papers = Counter()
    votes = defaultdict(Counter)
    with open(ballots, encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        for row in reader:
            papers[row[0]] += 1
            for post in range(3):
                marks = row[3 + post].split(";") if row[3 + post] else []
                if len(marks) <= seats[row[0]][post]:
                    for mark in marks:
                        votes[row[0], post][mark] += 1
    with open(out, "w", encoding="utf-8") as file:
        for (code, post), tally in votes.items():
            valid = papers[code] * 2 > int(rows[code]["登记选民数"])
            for mark, number in tally.items():
                as_many = sum(other >= number for other in tally.values())
                elected = valid and number * 2 > papers[code] and as_many <= seats[code][post]
                file.write(f"{code},{POSTS[post]},{mark},{number},{int(elected)}\n")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), sys.argv[3])
    else:
        count(*sys.argv[2:])
