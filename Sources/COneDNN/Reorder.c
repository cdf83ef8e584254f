#include <stdlib.h>

#include "Kernel.h"

int vdnn_reorder(
    const vdnn_map *source, const vdnn_map *destination, int accumulate, vdnn_kernel **result, char *error) {
  dnnl_memory_desc_t from, to;
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_post_ops_t chain = NULL;
  dnnl_primitive_desc_t description = NULL;
  vdnn_kernel *kernel = vdnn_new_kernel();
  if (!kernel || !vdnn_stream()) {
    free(kernel);
    return vdnn_fail(error, "planning a change of layout", dnnl_out_of_memory);
  }
  dnnl_status_t status = vdnn_describe_map(source, &from);
  if (status == dnnl_success) status = vdnn_describe_map(destination, &to);
  if (status == dnnl_success) status = dnnl_primitive_attr_create(&attributes);
  if (status == dnnl_success) status = dnnl_post_ops_create(&chain);
  if (status == dnnl_success && accumulate) status = dnnl_post_ops_append_sum(chain, 1);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(attributes, chain);
  if (status == dnnl_success)
    status = dnnl_reorder_primitive_desc_create(&description, &from, vdnn_engine(), &to, vdnn_engine(), attributes);
  if (status == dnnl_success) status = vdnn_create(kernel, description);
  if (status == dnnl_success) status = vdnn_unbound(&from, &kernel->source);
  if (status == dnnl_success) status = vdnn_unbound(&to, &kernel->destination);
  if (chain) dnnl_post_ops_destroy(chain);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  if (description) dnnl_primitive_desc_destroy(description);
  if (status != dnnl_success) {
    vdnn_free(kernel);
    return vdnn_fail(error, "planning a change of layout", status);
  }
  vdnn_argument(kernel, DNNL_ARG_FROM, kernel->source);
  vdnn_argument(kernel, DNNL_ARG_TO, kernel->destination);
  *result = kernel;
  return 0;
}
