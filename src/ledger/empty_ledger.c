/* SPDX-License-Identifier: Apache-2.0 */
typedef int ledger_layer_is_empty;
