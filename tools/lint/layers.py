# SPDX-License-Identifier: Apache-2.0
"""Lints of the layers: who may include whom, and where a foreign library is named."""
import os
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

# TO ADD A LAYER: a row. It may include itself and those named here.
LAYERS = {
    "base": (),
    "domain": ("base",),
    "ledger": ("base",),
    "store": ("base", "domain", "ledger"),
    "exchange": ("base", "domain", "ledger"),
    "act": ("base", "domain", "ledger", "store", "exchange"),
    # cli reads through store and ledger (log, show, lists); what writes goes through act.
    # web reads as cli does; accounts and sessions are no part of the record.
    "web": ("base", "domain", "ledger", "store", "act"),
    "cli": ("base", "domain", "ledger", "store", "act", "web"),
    "main": ("base", "cli"),
}
# TO ADD A LIBRARY: its headers (regular expression) and the places that may include them.
LIBRARIES = [
    (r"talloc\.h", r"src/base/|tests/"),
    (r"glib.*\.h|glib/.*", r"src/(base|cli)/|src/store/db_\w+\.c"),
    (r"openssl/.*", r"src/base/|verify/|tests/base/"),
    (r"sodium/.*", r"src/base/password\.c"),
    (r"microhttpd\.h", r"src/web/server_mhd\.c"),
    (r"jansson\.h", r"src/(base|ledger|exchange|act|cli)/|tests/"),
    (r"sqlite3\.h", r"src/store/db_sqlite\w*\.[ch]|bench/"),
    (r"libpq-fe\.h", r"src/store/db_postgres\w*\.[ch]"),
    (r"xlsxwriter\.h", r"src/exchange/|bench/"),
    (r"(?:zip|expat|freexl)\.h", r"src/exchange/|tests/(?:exchange|fuzz)/"),
    (r"cmocka\.h", r"tests/"),
]
# The law is arithmetic and lists: it reads no file, clock or network.
PURE = {"stdbool.h", "stdint.h", "stddef.h", "string.h", "limits.h", "inttypes.h", "stdarg.h",
        "stdlib.h", "stdio.h", "assert.h", "ctype.h"}
STANDARD = re.compile(r"(?:sys/|netinet/|arpa/)?\w+\.h$")


def includes(sources):
    """include directions between layers, foreign headers by table"""
    for source in sources:
        if not source.is_c():
            continue
        layer = source.layer()
        for number, line in enumerate(source.lines, 1):
            match = re.match(r'#\s*include\s+(["<])([^">]+)[">]', line)
            if not match:
                continue
            path = match.group(2)
            if match.group(1) == '"':  # without a folder: made by the build for this layer
                yield from project_include(source, layer, number, path)
            else:
                yield from foreign_include(source, layer, number, path)


def project_include(source, layer, number, path):
    target = path.split("/")[0]
    if source.path.startswith("verify/"):
        if target in LAYERS:
            yield source.path, number, "verify shares no code with src"
    elif "/" in path and layer and target != layer and target not in LAYERS.get(layer, ()):
        yield source.path, number, f'{layer} may not include "{path}"'


def foreign_include(source, layer, number, path):
    for pattern, places in LIBRARIES:
        if re.fullmatch(pattern, path):
            if not re.match(places, source.path):
                yield source.path, number, f"<{path}> is not for this place"
            return
    if layer == "domain" and path not in PURE:
        yield source.path, number, f"<{path}>: domain is pure"
    elif not STANDARD.fullmatch(path):
        yield source.path, number, f"<{path}> is in no row of tools/lint/layers.py"


def headers_alone(sources):
    """each header compiles alone"""
    root = sources[0].root if sources else ""
    headers = [source.path for source in sources
               if source.path.startswith(("src/", "tests/support/")) and source.path.endswith(".h")]
    names = ["talloc", "glib-2.0", "libcrypto", "jansson", "sqlite3", "libpq", "xlsxwriter"]
    flags = subprocess.run(["pkg-config", "--cflags", *names], check=True, capture_output=True,
                           text=True).stdout.split()
    poison = os.path.join(root, "src/base/banned.h")
    if os.path.exists(poison):
        flags += ["-include", poison]

    def compile_alone(path):
        with tempfile.NamedTemporaryFile("w", suffix=".c") as file:
            file.write(f'#include "{os.path.join(root, path)}"\n')
            file.flush()
            return path, subprocess.run(
                ["gcc", "-std=gnu17", "-D_GNU_SOURCE", "-DCUNXUAN_VERSION=\"\"", "-Wall", "-Werror",
                 "-fsyntax-only", *flags, f"-I{root}/src", f"-I{root}/tests", file.name],
                capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, done in pool.map(compile_alone, headers):
            if done.returncode:
                yield path, 1, "does not compile alone: " + done.stderr.strip().split("\n")[0]
