/* SPDX-License-Identifier: Apache-2.0 */
/* Files under /static, compiled in (tools/embed-assets): style, scripts. Their names hold a hash of
 * what is in them. */
#pragma once

/* plain … plain_end: the bytes; the same by gzip. */
struct asset {
    const char *name; /* tabler.0123456789ab.css */
    const char *type;
    const char *plain;
    const char *plain_end;
    const char *gzip;
    const char *gzip_end;
};

/* By enum asset_id of the generated assets.h; ends with a row whose name is NULL. */
extern const struct asset ASSETS[];

/* NULL if there is none of that name. */
const struct asset *asset_find(const char *name);
