/* SPDX-License-Identifier: Apache-2.0 */
/* The layer ledger: its files replace this one. */
typedef int empty_ledger;
