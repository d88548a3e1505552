/* SPDX-License-Identifier: Apache-2.0 */
typedef int domain_layer_is_empty;
