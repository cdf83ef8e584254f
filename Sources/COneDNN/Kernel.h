#pragma once
#include <oneapi/dnnl/dnnl.h>

#include "COneDNN.h"

/// Memory the kernel owns: rearranged weights, bias, workspace, rounded source.
enum { VDNN_OWNED = 3 };

struct vdnn_kernel {
  dnnl_primitive_t primitive;
  dnnl_primitive_t before;  // rounds the source, or NULL
  dnnl_memory_t source, destination, addend, rounded;
  dnnl_memory_t owned[VDNN_OWNED];
  dnnl_exec_arg_t arguments[8];
  int count;
  dnnl_memory_t workspace;  // one of `owned`, or another kernel's
  char name[64];
};

dnnl_engine_t vdnn_engine(void);
dnnl_stream_t vdnn_stream(void);
int vdnn_fail(char *error, const char *what, dnnl_status_t status);
vdnn_kernel *vdnn_new_kernel(void);
dnnl_status_t vdnn_describe_map(const vdnn_map *map, dnnl_memory_desc_t *description);
/// Creates the primitive and remembers the implementation's name.
dnnl_status_t vdnn_create(vdnn_kernel *kernel, dnnl_primitive_desc_t description);
/// Memory of a primitive's own, filled from `values` if they aren't NULL.
dnnl_status_t vdnn_own(
    vdnn_kernel *kernel, int slot, const dnnl_memory_desc_t *wanted, const dnnl_memory_desc_t *given, const float *values);
/// Memory whose numbers are bound later.
dnnl_status_t vdnn_unbound(const dnnl_memory_desc_t *description, dnnl_memory_t *memory);
void vdnn_argument(vdnn_kernel *kernel, int role, dnnl_memory_t memory);
