/* SPDX-License-Identifier: Apache-2.0 */
typedef int act_layer_is_empty;
