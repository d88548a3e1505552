/* SPDX-License-Identifier: Apache-2.0 */
typedef int cli_layer_is_empty;
