#include "Kernel.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static dnnl_engine_t engine;
static dnnl_stream_t stream;

static void start(void) {
  if (dnnl_engine_create(&engine, dnnl_cpu, 0) != dnnl_success) engine = NULL;
  // A stream on the processor holds no state of a running kernel, so that all threads may share one.
  if (engine && dnnl_stream_create(&stream, engine, dnnl_stream_default_flags) != dnnl_success) stream = NULL;
}

dnnl_engine_t vdnn_engine(void) {
  pthread_once(&once, start);
  return engine;
}

dnnl_stream_t vdnn_stream(void) {
  pthread_once(&once, start);
  return stream;
}

const char *vdnn_describe(int code) {
  switch (code) {
    case dnnl_success: return "no error";
    case dnnl_out_of_memory: return "out of memory";
    case dnnl_invalid_arguments: return "invalid arguments";
    case dnnl_unimplemented: return "not implemented for this processor or these shapes";
    case dnnl_runtime_error: return "failed while running";
    default: return "unexpected status";
  }
}

int vdnn_fail(char *error, const char *what, dnnl_status_t status) {
  if (status == dnnl_success) status = dnnl_runtime_error;
  if (error) snprintf(error, VDNN_ERROR_SIZE, "%s: %s (oneDNN status %d)", what, vdnn_describe(status), (int)status);
  return (int)status;
}

vdnn_kernel *vdnn_new_kernel(void) { return calloc(1, sizeof(vdnn_kernel)); }

void vdnn_free(vdnn_kernel *kernel) {
  if (!kernel) return;
  if (kernel->primitive) dnnl_primitive_destroy(kernel->primitive);
  if (kernel->before) dnnl_primitive_destroy(kernel->before);
  dnnl_memory_t memories[] = {kernel->source, kernel->destination, kernel->addend, kernel->rounded};
  for (int i = 0; i < 4; i++)
    if (memories[i]) dnnl_memory_destroy(memories[i]);
  for (int i = 0; i < VDNN_OWNED; i++)
    if (kernel->owned[i]) dnnl_memory_destroy(kernel->owned[i]);
  free(kernel);
}

dnnl_status_t vdnn_describe_map(const vdnn_map *map, dnnl_memory_desc_t *description) {
  dnnl_dims_t extents = {map->n, map->c, map->h, map->w};
  dnnl_format_tag_t tag = dnnl_nchw;
  if (map->layout == VDNN_CHANNELS_LAST) tag = dnnl_nhwc;
  if (map->layout == VDNN_BLOCKED_8) tag = dnnl_nChw8c;
  if (map->layout == VDNN_BLOCKED_16) tag = dnnl_nChw16c;
  return dnnl_memory_desc_init_by_tag(description, 4, extents, dnnl_f32, tag);
}

int64_t vdnn_count(const vdnn_map *map) {
  int64_t block = map->layout >= VDNN_BLOCKED_8 ? (int64_t)map->layout : 1;
  return map->n * ((map->c + block - 1) / block * block) * map->h * map->w;
}

dnnl_status_t vdnn_create(vdnn_kernel *kernel, dnnl_primitive_desc_t description) {
  const char *name = NULL;
  if (dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name) == dnnl_success && name)
    snprintf(kernel->name, sizeof kernel->name, "%s", name);
  return dnnl_primitive_create(&kernel->primitive, description);
}

const char *vdnn_name(const vdnn_kernel *kernel) { return kernel->name; }

dnnl_status_t vdnn_unbound(const dnnl_memory_desc_t *description, dnnl_memory_t *memory) {
  return dnnl_memory_create(memory, description, vdnn_engine(), DNNL_MEMORY_NONE);
}

dnnl_status_t vdnn_own(
    vdnn_kernel *kernel, int slot, const dnnl_memory_desc_t *wanted, const dnnl_memory_desc_t *given,
    const float *values) {
  dnnl_status_t status = dnnl_memory_create(&kernel->owned[slot], wanted, vdnn_engine(), DNNL_MEMORY_ALLOCATE);
  if (status != dnnl_success || !values) return status;
  dnnl_memory_t from = NULL;
  dnnl_primitive_desc_t description = NULL;
  dnnl_primitive_t reorder = NULL;
  status = dnnl_memory_create(&from, given, vdnn_engine(), (void *)values);
  if (status == dnnl_success)
    status = dnnl_reorder_primitive_desc_create(&description, given, vdnn_engine(), wanted, vdnn_engine(), NULL);
  if (status == dnnl_success) status = dnnl_primitive_create(&reorder, description);
  if (status == dnnl_success) {
    dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, kernel->owned[slot]}};
    status = dnnl_primitive_execute(reorder, vdnn_stream(), 2, arguments);
  }
  if (reorder) dnnl_primitive_destroy(reorder);
  if (description) dnnl_primitive_desc_destroy(description);
  if (from) dnnl_memory_destroy(from);
  return status;
}

void vdnn_argument(vdnn_kernel *kernel, int role, dnnl_memory_t memory) {
  kernel->arguments[kernel->count++] = (dnnl_exec_arg_t){role, memory};
}

int vdnn_bind(vdnn_kernel *kernel, const float *source, float *destination, const float *addend, char *error) {
  dnnl_status_t status = dnnl_memory_set_data_handle(kernel->source, (void *)source);
  if (status == dnnl_success) status = dnnl_memory_set_data_handle(kernel->destination, destination);
  if (status == dnnl_success && kernel->addend) {
    if (!addend) return vdnn_fail(error, "binding without the map to add", dnnl_invalid_arguments);
    status = dnnl_memory_set_data_handle(kernel->addend, (void *)addend);
  }
  return status == dnnl_success ? 0 : vdnn_fail(error, "binding memory", status);
}

int vdnn_run(const vdnn_kernel *kernel) {
  if (kernel->before) {
    dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, kernel->source}, {DNNL_ARG_TO, kernel->rounded}};
    dnnl_status_t status = dnnl_primitive_execute(kernel->before, vdnn_stream(), 2, arguments);
    if (status != dnnl_success) return (int)status;
  }
  return (int)dnnl_primitive_execute(kernel->primitive, vdnn_stream(), kernel->count, kernel->arguments);
}

int vdnn_has_bfloat16(void) {
  // oneDNN computes bfloat16 by its fast kernels from AVX-512 with BW, VL and DQ on; below it has reference loops.
#if defined(__x86_64__)
  return (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core) == dnnl_cpu_isa_avx512_core;
#else
  return 0;
#endif
}

vdnn_layout vdnn_best_layout(void) {
#if defined(__x86_64__)
  if ((dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core) == dnnl_cpu_isa_avx512_core) return VDNN_CHANNELS_LAST;
  return VDNN_BLOCKED_8;
#else
  return VDNN_CHANNELS_LAST;
#endif
}
