/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packs on disk: all NAME.pack files of one folder. The folder is $CUNXUAN_PACKS if set, else the
 * packs of the source tree, else those of the installation. A new province is a new file.
 */
#pragma once

#include "domain/pack.h"

/* The folder in use. ERR_NOT_FOUND if there is none. */
enum err pack_folder_find(struct ctx *ctx, const char **ret_folder) WARN_UNUSED;
/* Reads every file of a folder, in order of their names. ERR_INVALID with file and line if one is
 * wrong, ERR_NOT_FOUND if there is none. */
enum err
pack_shelf_read(struct ctx *ctx, const char *folder, struct pack_shelf *ret_shelf) WARN_UNUSED;
/* pack_shelf_read of the folder in use; keep the shelf where many packs are asked for. */
enum err pack_shelf_load(struct ctx *ctx, struct pack_shelf *ret_shelf) WARN_UNUSED;
/* One pack by name, "cn-2018+jiangxi". */
enum err pack_load(struct ctx *ctx, const char *law, struct pack **ret_pack) WARN_UNUSED;
/* One pack by name, or for "auto" and NULL by day (DATE_NONE: the newest). */
enum err pack_load_for(struct ctx *ctx, const char *law, struct date day,
                       struct pack **ret_pack) WARN_UNUSED;
/* Reads one file anywhere, for `pack check FILE`. */
enum err pack_file_read(struct ctx *ctx, const char *path, struct pack_file **ret_file) WARN_UNUSED;
