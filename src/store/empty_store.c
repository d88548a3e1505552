/* SPDX-License-Identifier: Apache-2.0 */
typedef int store_layer_is_empty;
