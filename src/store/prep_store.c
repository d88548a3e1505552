/* SPDX-License-Identifier: Apache-2.0 */
#include "store/prep_store.h"

#include <string.h>

#include "store/person_store.h"

#define TASK_COLUMNS "unit, task, title, act, body, role, person, base, offset_days, due_on, state"

#define QUERIES(X)                                                                                 \
    X(TASK_PUT, "INSERT INTO task (" TASK_COLUMNS ")"                                              \
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"                           \
                " ON CONFLICT (unit, task) DO UPDATE SET title = excluded.title,"                  \
                " act = excluded.act, body = excluded.body, role = excluded.role,"                 \
                " person = excluded.person, base = excluded.base,"                                 \
                " offset_days = excluded.offset_days, due_on = excluded.due_on,"                   \
                " state = excluded.state")                                                         \
    X(TASK_FIND, "SELECT " TASK_COLUMNS " FROM task WHERE unit = ?1 AND task = ?2")                \
    X(TASK_LIST, "SELECT " TASK_COLUMNS " FROM task WHERE unit = ?1"                               \
                 " ORDER BY CASE WHEN due_on IS NULL THEN 1 ELSE 0 END, due_on, task")             \
    X(PLAN_PUT, "INSERT INTO plan (unit, file, polling_from, polling_to, bars)"                    \
                " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (unit) DO UPDATE SET"                    \
                " file = excluded.file, polling_from = excluded.polling_from,"                     \
                " polling_to = excluded.polling_to, bars = excluded.bars")                         \
    X(PLAN_FIND, "SELECT unit, file, polling_from, polling_to, bars FROM plan WHERE unit = ?1")    \
    X(PREP_PERSON_ADD, "INSERT INTO prep_person (unit, list, seq, person, detail, on_day)"         \
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"                                          \
                       " ON CONFLICT (unit, list, seq, person) DO NOTHING")                        \
    X(PREP_PERSON_LIST, "SELECT unit, list, seq, person, detail, on_day FROM prep_person"          \
                        " WHERE unit = ?1 AND list = ?2 ORDER BY seq, person")                     \
    X(MATTER_OPEN, "INSERT INTO matter (unit, seq, kind, about, due_on, closed_seq)"               \
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                                             \
    X(MATTER_CLOSE, "UPDATE matter SET closed_seq = ?3 WHERE unit = ?1 AND seq = ?2")              \
    X(MATTER_FIND, "SELECT unit, seq, kind, about, due_on, closed_seq FROM matter"                 \
                   " WHERE unit = ?1 AND seq = ?2")                                                \
    X(MATTER_OPEN_LIST, "SELECT unit, seq, kind, about, due_on, closed_seq FROM matter"            \
                        " WHERE unit = ?1 AND kind = ?2 AND closed_seq = 0 ORDER BY seq")
DB_QUERIES(prep_store)

DB_SHAPE(TASK_SHAPE, struct task, DB_COL_TEXT(struct task, unit), DB_COL_TEXT(struct task, task),
         DB_COL_TEXT(struct task, title), DB_COL_TEXT(struct task, act),
         DB_COL_TEXT(struct task, body), DB_COL_TEXT(struct task, role),
         DB_COL_TEXT(struct task, person), DB_COL_TEXT(struct task, base),
         DB_COL_INT(struct task, offset_days), DB_COL_DATE(struct task, due_on),
         DB_COL_TEXT(struct task, state));
DB_SHAPE(PLAN_SHAPE, struct plan, DB_COL_TEXT(struct plan, unit), DB_COL_TEXT(struct plan, file),
         DB_COL_DATE(struct plan, polling_from), DB_COL_DATE(struct plan, polling_to),
         DB_COL_TEXT(struct plan, bars));
DB_SHAPE(PREP_PERSON_SHAPE, struct prep_person, DB_COL_TEXT(struct prep_person, unit),
         DB_COL_TEXT(struct prep_person, list), DB_COL_INT(struct prep_person, seq),
         DB_COL_TEXT(struct prep_person, person), DB_COL_TEXT(struct prep_person, detail),
         DB_COL_DATE(struct prep_person, on_day));
DB_SHAPE(MATTER_SHAPE, struct matter, DB_COL_TEXT(struct matter, unit),
         DB_COL_INT(struct matter, seq), DB_COL_TEXT(struct matter, kind),
         DB_COL_TEXT(struct matter, about), DB_COL_DATE(struct matter, due_on),
         DB_COL_INT(struct matter, closed_seq));

enum err
task_store_put(struct ctx *ctx, struct db *db, const struct task *task)
{
    return db_run(ctx, db,
                  QUERY(TASK_PUT, db_text(task->unit), db_text(task->task), db_text(task->title),
                        db_text(task->act), db_text(task->body), db_text(task->role),
                        db_text(task->person), db_text(task->base), db_int(task->offset_days),
                        db_date(task->due_on), db_text(task->state)));
}

enum err
task_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *id,
                struct task *ret_task)
{
    return db_find(ctx, db, QUERY(TASK_FIND, db_text(unit), db_text(id)), &TASK_SHAPE, ret_task);
}

enum err
task_store_list(struct ctx *ctx, struct db *db, const char *unit, struct task **ret_list,
                size_t *ret_count)
{
    return db_list(ctx, db, QUERY(TASK_LIST, db_text(unit)), &TASK_SHAPE, ret_list, ret_count);
}

enum err
task_store_date(struct ctx *ctx, struct db *db, const char *unit, struct date polling_day)
{
    struct task *tasks;
    size_t count;
    TRY(task_store_list(ctx, db, unit, &tasks, &count));
    for (size_t i = 0; i < count; i++) {
        if (tasks[i].base[0] != 'D')
            continue;
        tasks[i].due_on = date_add_days(polling_day, (int)tasks[i].offset_days);
        TRY(task_store_put(ctx, db, &tasks[i]));
    }
    return ERR_OK;
}

enum err
plan_store_put(struct ctx *ctx, struct db *db, const struct plan *plan)
{
    return db_run(ctx, db,
                  QUERY(PLAN_PUT, db_text(plan->unit), db_text(plan->file),
                        db_date(plan->polling_from), db_date(plan->polling_to),
                        db_text(plan->bars)));
}

enum err
plan_store_find(struct ctx *ctx, struct db *db, const char *unit, struct plan *ret_plan)
{
    return db_find(ctx, db, QUERY(PLAN_FIND, db_text(unit)), &PLAN_SHAPE, ret_plan);
}

enum err
prep_person_add(struct ctx *ctx, struct db *db, const struct prep_person *row)
{
    return db_run(ctx, db,
                  QUERY(PREP_PERSON_ADD, db_text(row->unit), db_text(row->list), db_int(row->seq),
                        db_text(row->person), db_text(row->detail), db_date(row->on_day)));
}

enum err
prep_person_list(struct ctx *ctx, struct db *db, const char *unit, const char *list,
                 struct prep_person **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(PREP_PERSON_LIST, db_text(unit), db_text(list)),
                   &PREP_PERSON_SHAPE, ret_list, ret_count);
}

enum err
prep_person_has(struct ctx *ctx, struct db *db, const char *unit, const char *list,
                const char *person, bool *ret_has)
{
    struct prep_person *rows;
    size_t count;
    *ret_has = false;
    TRY(prep_person_list(ctx, db, unit, list, &rows, &count));
    for (size_t i = 0; i < count && !*ret_has; i++)
        TRY(person_is_same(ctx, db, unit, rows[i].person, person, ret_has));
    return ERR_OK;
}

enum err
sanction_store_bars(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                    bool *ret_bars)
{
    struct prep_person *rows;
    size_t count;
    *ret_bars = false;
    TRY(prep_person_list(ctx, db, unit, "sanctioned", &rows, &count));
    for (size_t i = 0; i < count && !*ret_bars; i++) {
        struct matter matter;
        bool same;
        TRY(person_is_same(ctx, db, unit, rows[i].person, person, &same));
        if (!same)
            continue;
        TRY(matter_store_find(ctx, db, unit, rows[i].seq, &matter));
        *ret_bars = matter.closed_seq == 0 && (strcmp(rows[i].detail, "strike_candidate") == 0 ||
                                               strcmp(rows[i].detail, "void_election") == 0);
    }
    return ERR_OK;
}

enum err
matter_store_open(struct ctx *ctx, struct db *db, const struct matter *matter)
{
    return db_run(ctx, db,
                  QUERY(MATTER_OPEN, db_text(matter->unit), db_int(matter->seq),
                        db_text(matter->kind), db_text(matter->about), db_date(matter->due_on),
                        db_int(0)));
}

enum err
matter_store_close(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                   int64_t closed_seq)
{
    return db_run_one(ctx, db, QUERY(MATTER_CLOSE, db_text(unit), db_int(seq), db_int(closed_seq)));
}

enum err
matter_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                  struct matter *ret_matter)
{
    return db_find(ctx, db, QUERY(MATTER_FIND, db_text(unit), db_int(seq)), &MATTER_SHAPE,
                   ret_matter);
}

enum err
matter_store_open_list(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                       struct matter **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(MATTER_OPEN_LIST, db_text(unit), db_text(kind)), &MATTER_SHAPE,
                   ret_list, ret_count);
}
