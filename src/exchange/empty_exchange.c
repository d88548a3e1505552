/* SPDX-License-Identifier: Apache-2.0 */
typedef int exchange_layer_is_empty;
