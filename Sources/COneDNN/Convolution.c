#include <stdlib.h>

#include "Kernel.h"

/// Descriptions of the operands; `computed` in the type that is multiplied, the layout of weights left open.
typedef struct {
  dnnl_memory_desc_t source, destination, computed_source, computed_destination, weights, any_weights, bias;
  dnnl_dims_t strides, dilation, padding_begin, padding_end;
} operands;

static dnnl_status_t describe(const vdnn_convolution *op, operands *result) {
  const int64_t groups = op->groups;
  dnnl_dims_t grouped = {
      groups, op->destination.c / groups, op->source.c / groups, op->kernel_height, op->kernel_width};
  const int rank = groups > 1 ? 5 : 4;
  const int64_t *extents = groups > 1 ? grouped : grouped + 1;
  const dnnl_data_type_t type = op->bfloat16 ? dnnl_bf16 : dnnl_f32;
  dnnl_status_t status = vdnn_describe_map(&op->source, &result->source);
  if (status == dnnl_success) status = vdnn_describe_map(&op->destination, &result->destination);
  if (status == dnnl_success)
    status = dnnl_memory_desc_init_by_tag(
        &result->weights, rank, extents, dnnl_f32, groups > 1 ? dnnl_goihw : dnnl_oihw);
  if (status == dnnl_success)
    status = dnnl_memory_desc_init_by_tag(&result->any_weights, rank, extents, type, dnnl_format_tag_any);
  dnnl_dims_t outputs = {op->destination.c};
  if (status == dnnl_success) status = dnnl_memory_desc_init_by_tag(&result->bias, 1, outputs, dnnl_f32, dnnl_a);
  result->computed_source = result->source;
  result->computed_source.data_type = type;
  result->computed_destination = result->destination;
  result->computed_destination.data_type = type;
  const int64_t begin[2] = {op->padding_height, op->padding_width};
  const int64_t input[2] = {op->source.h, op->source.w}, output[2] = {op->destination.h, op->destination.w};
  const int64_t kernel[2] = {op->kernel_height, op->kernel_width};
  for (int i = 0; i < 2; i++) {
    result->strides[i] = op->stride;
    result->dilation[i] = op->dilation - 1;
    result->padding_begin[i] = begin[i];
    result->padding_end[i] = (output[i] - 1) * op->stride + (kernel[i] - 1) * op->dilation + 1 - input[i] - begin[i];
  }
  return status;
}

static dnnl_status_t post_operations(const vdnn_convolution *op, const operands *shapes, dnnl_primitive_attr_t *result) {
  dnnl_post_ops_t chain = NULL;
  dnnl_status_t status = dnnl_primitive_attr_create(result);
  if (status == dnnl_success) status = dnnl_post_ops_create(&chain);
  if (status == dnnl_success && op->addend == VDNN_IN_PLACE) status = dnnl_post_ops_append_sum(chain, 1);
  if (status == dnnl_success && op->addend == VDNN_SEPARATE)
    status = dnnl_post_ops_append_binary(chain, dnnl_binary_add, &shapes->destination);
  if (status == dnnl_success && op->relu)
    status = dnnl_post_ops_append_eltwise(chain, 1, dnnl_eltwise_relu, 0, 0);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(*result, chain);
  if (chain) dnnl_post_ops_destroy(chain);
  return status;
}

/// In bfloat16, the map that is read must be rounded first.
static dnnl_status_t plan_rounding(
    vdnn_kernel *kernel, const dnnl_memory_desc_t *given, const dnnl_memory_desc_t *rounded) {
  dnnl_primitive_desc_t description = NULL;
  dnnl_status_t status = dnnl_memory_create(&kernel->rounded, rounded, vdnn_engine(), DNNL_MEMORY_ALLOCATE);
  if (status == dnnl_success)
    status = dnnl_reorder_primitive_desc_create(&description, given, vdnn_engine(), rounded, vdnn_engine(), NULL);
  if (status == dnnl_success) status = dnnl_primitive_create(&kernel->before, description);
  if (description) dnnl_primitive_desc_destroy(description);
  return status;
}

int vdnn_convolution_forward(
    const vdnn_convolution *op, const float *weights, const float *bias, vdnn_kernel **result, char *error) {
  operands shapes;
  dnnl_convolution_desc_t convolution;
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_primitive_desc_t description = NULL;
  vdnn_kernel *kernel = vdnn_new_kernel();
  if (!kernel || !vdnn_stream()) {
    free(kernel);
    return vdnn_fail(error, "planning a convolution", dnnl_out_of_memory);
  }
  dnnl_status_t status = describe(op, &shapes);
  if (status == dnnl_success)
    status = dnnl_dilated_convolution_forward_desc_init(
        &convolution, dnnl_forward_inference, dnnl_convolution_direct, &shapes.computed_source, &shapes.any_weights,
        bias ? &shapes.bias : NULL, &shapes.destination, shapes.strides, shapes.dilation, shapes.padding_begin,
        shapes.padding_end);
  if (status == dnnl_success) status = post_operations(op, &shapes, &attributes);
  if (status == dnnl_success)
    status = dnnl_primitive_desc_create(&description, &convolution, attributes, vdnn_engine(), NULL);
  if (status == dnnl_success) status = vdnn_create(kernel, description);
  if (status == dnnl_success)
    status = vdnn_own(
        kernel, 0, dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0), &shapes.weights, weights);
  if (status == dnnl_success && bias) status = vdnn_own(kernel, 1, &shapes.bias, &shapes.bias, bias);
  if (status == dnnl_success) status = vdnn_unbound(&shapes.source, &kernel->source);
  if (status == dnnl_success) status = vdnn_unbound(&shapes.destination, &kernel->destination);
  if (status == dnnl_success && op->addend == VDNN_SEPARATE)
    status = vdnn_unbound(&shapes.destination, &kernel->addend);
  if (status == dnnl_success && op->bfloat16) status = plan_rounding(kernel, &shapes.source, &shapes.computed_source);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  if (description) dnnl_primitive_desc_destroy(description);
  if (status != dnnl_success) {
    vdnn_free(kernel);
    return vdnn_fail(error, "planning a convolution", status);
  }
  vdnn_argument(kernel, DNNL_ARG_SRC, kernel->rounded ? kernel->rounded : kernel->source);
  vdnn_argument(kernel, DNNL_ARG_WEIGHTS, kernel->owned[0]);
  if (bias) vdnn_argument(kernel, DNNL_ARG_BIAS, kernel->owned[1]);
  vdnn_argument(kernel, DNNL_ARG_DST, kernel->destination);
  if (kernel->addend)
    vdnn_argument(kernel, DNNL_ARG_ATTR_MULTIPLE_POST_OP(0) | DNNL_ARG_SRC_1, kernel->addend);
  *result = kernel;
  return 0;
}

int vdnn_convolution_backward(
    const vdnn_convolution *op, const float *weights, vdnn_kernel **result, char *error) {
  operands shapes;
  dnnl_convolution_desc_t forward, convolution;
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  vdnn_kernel *kernel = vdnn_new_kernel();
  if (!kernel || !vdnn_stream()) {
    free(kernel);
    return vdnn_fail(error, "planning a convolution's gradient", dnnl_out_of_memory);
  }
  dnnl_status_t status = describe(op, &shapes);
  if (status == dnnl_success)
    status = dnnl_dilated_convolution_forward_desc_init(
        &forward, dnnl_forward_training, dnnl_convolution_direct, &shapes.computed_source, &shapes.any_weights, NULL,
        &shapes.computed_destination, shapes.strides, shapes.dilation, shapes.padding_begin, shapes.padding_end);
  if (status == dnnl_success)
    status = dnnl_dilated_convolution_backward_data_desc_init(
        &convolution, dnnl_convolution_direct, &shapes.source, &shapes.any_weights, &shapes.computed_destination,
        shapes.strides, shapes.dilation, shapes.padding_begin, shapes.padding_end);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(&hint, &forward, NULL, vdnn_engine(), NULL);
  if (status == dnnl_success)
    status = dnnl_primitive_desc_create(&description, &convolution, NULL, vdnn_engine(), hint);
  if (status == dnnl_success) status = vdnn_create(kernel, description);
  if (status == dnnl_success)
    status = vdnn_own(
        kernel, 0, dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0), &shapes.weights, weights);
  if (status == dnnl_success) status = vdnn_unbound(&shapes.destination, &kernel->source);
  if (status == dnnl_success) status = vdnn_unbound(&shapes.source, &kernel->destination);
  if (status == dnnl_success && op->bfloat16)
    status = plan_rounding(kernel, &shapes.destination, &shapes.computed_destination);
  if (hint) dnnl_primitive_desc_destroy(hint);
  if (description) dnnl_primitive_desc_destroy(description);
  if (status != dnnl_success) {
    vdnn_free(kernel);
    return vdnn_fail(error, "planning a convolution's gradient", status);
  }
  vdnn_argument(kernel, DNNL_ARG_DIFF_DST, kernel->rounded ? kernel->rounded : kernel->source);
  vdnn_argument(kernel, DNNL_ARG_WEIGHTS, kernel->owned[0]);
  vdnn_argument(kernel, DNNL_ARG_DIFF_SRC, kernel->destination);
  *result = kernel;
  return 0;
}
