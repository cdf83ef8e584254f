#include <stdlib.h>

#include "Kernel.h"

typedef struct {
  dnnl_memory_desc_t source, destination;
  dnnl_pooling_desc_t forward;
  dnnl_dims_t strides, window, padding_begin, padding_end;
  dnnl_alg_kind_t kind;
} plan;

static dnnl_status_t describe(const vdnn_pooling *op, int workspace, plan *result) {
  dnnl_status_t status = vdnn_describe_map(&op->source, &result->source);
  if (status == dnnl_success) status = vdnn_describe_map(&op->destination, &result->destination);
  const int64_t input[2] = {op->source.h, op->source.w}, output[2] = {op->destination.h, op->destination.w};
  for (int i = 0; i < 2; i++) {
    result->strides[i] = op->stride;
    result->window[i] = op->kernel;
    result->padding_begin[i] = op->padding;
    result->padding_end[i] = (output[i] - 1) * op->stride + op->kernel - input[i] - op->padding;
  }
  result->kind = op->maximum          ? dnnl_pooling_max
                 : op->counts_padding ? dnnl_pooling_avg_include_padding
                                      : dnnl_pooling_avg_exclude_padding;
  if (status == dnnl_success)
    status = dnnl_pooling_forward_desc_init(
        &result->forward, workspace ? dnnl_forward_training : dnnl_forward_inference, result->kind, &result->source,
        &result->destination, result->strides, result->window, result->padding_begin, result->padding_end);
  return status;
}

int vdnn_pooling_forward(const vdnn_pooling *op, int workspace, vdnn_kernel **result, char *error) {
  plan shapes;
  dnnl_primitive_desc_t description = NULL;
  vdnn_kernel *kernel = vdnn_new_kernel();
  if (!kernel || !vdnn_stream()) {
    free(kernel);
    return vdnn_fail(error, "planning pooling", dnnl_out_of_memory);
  }
  dnnl_status_t status = describe(op, workspace, &shapes);
  if (status == dnnl_success)
    status = dnnl_primitive_desc_create(&description, &shapes.forward, NULL, vdnn_engine(), NULL);
  if (status == dnnl_success) status = vdnn_create(kernel, description);
  if (status == dnnl_success && workspace && op->maximum) {
    status = vdnn_own(
        kernel, 0, dnnl_primitive_desc_query_md(description, dnnl_query_workspace_md, 0), NULL, NULL);
    kernel->workspace = kernel->owned[0];
  }
  if (status == dnnl_success) status = vdnn_unbound(&shapes.source, &kernel->source);
  if (status == dnnl_success) status = vdnn_unbound(&shapes.destination, &kernel->destination);
  if (description) dnnl_primitive_desc_destroy(description);
  if (status != dnnl_success) {
    vdnn_free(kernel);
    return vdnn_fail(error, "planning pooling", status);
  }
  vdnn_argument(kernel, DNNL_ARG_SRC, kernel->source);
  vdnn_argument(kernel, DNNL_ARG_DST, kernel->destination);
  if (kernel->workspace) vdnn_argument(kernel, DNNL_ARG_WORKSPACE, kernel->workspace);
  *result = kernel;
  return 0;
}

int vdnn_pooling_backward(const vdnn_pooling *op, const vdnn_kernel *forward, vdnn_kernel **result, char *error) {
  plan shapes;
  dnnl_pooling_desc_t backward;
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  vdnn_kernel *kernel = vdnn_new_kernel();
  if (!kernel || !vdnn_stream()) {
    free(kernel);
    return vdnn_fail(error, "planning pooling's gradient", dnnl_out_of_memory);
  }
  dnnl_status_t status = describe(op, 1, &shapes);
  if (status == dnnl_success)
    status = dnnl_pooling_backward_desc_init(
        &backward, shapes.kind, &shapes.source, &shapes.destination, shapes.strides, shapes.window,
        shapes.padding_begin, shapes.padding_end);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(&hint, &shapes.forward, NULL, vdnn_engine(), NULL);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(&description, &backward, NULL, vdnn_engine(), hint);
  if (status == dnnl_success) status = vdnn_create(kernel, description);
  if (status == dnnl_success) status = vdnn_unbound(&shapes.destination, &kernel->source);
  if (status == dnnl_success) status = vdnn_unbound(&shapes.source, &kernel->destination);
  if (status == dnnl_success && op->maximum && !forward->workspace) status = dnnl_invalid_arguments;
  if (hint) dnnl_primitive_desc_destroy(hint);
  if (description) dnnl_primitive_desc_destroy(description);
  if (status != dnnl_success) {
    vdnn_free(kernel);
    return vdnn_fail(error, "planning pooling's gradient", status);
  }
  vdnn_argument(kernel, DNNL_ARG_DIFF_DST, kernel->source);
  vdnn_argument(kernel, DNNL_ARG_DIFF_SRC, kernel->destination);
  if (op->maximum) vdnn_argument(kernel, DNNL_ARG_WORKSPACE, forward->workspace);
  *result = kernel;
  return 0;
}
