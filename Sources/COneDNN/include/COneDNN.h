#pragma once
// The few things that Vitrine asks of oneDNN, in its own words: convolutions, pooling and layout changes.
// Nothing here aborts: every function that can fail returns 0 or an error code and writes the reason
// into `error` (VDNN_ERROR_SIZE bytes).

#include <stddef.h>
#include <stdint.h>

#define VDNN_ERROR_SIZE 256

/// Where a map's numbers lie. Blocked layouts keep 8 or 16 channels of a position side by side and pad the
/// channels with zeros.
typedef enum { VDNN_PLAIN = 0, VDNN_CHANNELS_LAST = 1, VDNN_BLOCKED_8 = 8, VDNN_BLOCKED_16 = 16 } vdnn_layout;

/// N×C×H×W numbers.
typedef struct {
  int64_t n, c, h, w;
  vdnn_layout layout;
} vdnn_map;

/// What a convolution adds to its sum before the ReLU.
typedef enum {
  VDNN_NOTHING,   // only the bias
  VDNN_IN_PLACE,  // what the destination already holds
  VDNN_SEPARATE,  // another map, laid out as the destination
} vdnn_addend;

/// A cross-correlation. The padding is that above and before; what the destination needs below and after is added
/// there. A dilation of 1 leaves no gaps in the window.
typedef struct {
  vdnn_map source, destination;
  int64_t groups, kernel_height, kernel_width, stride, padding_height, padding_width, dilation;
  vdnn_addend addend;
  int relu;      // 1: negative results become zero
  int bfloat16;  // 1: source and weights rounded to bfloat16, sums in single precision
} vdnn_convolution;

/// A window of a pooling operation, the same in both directions.
typedef struct {
  vdnn_map source, destination;
  int64_t kernel, stride, padding;
  int maximum;         // 1: greatest value; 0: mean
  int counts_padding;  // 1: a mean counts the zeros of the padding
} vdnn_pooling;

/// An operation planned for fixed shapes. Belongs to one thread at a time.
typedef struct vdnn_kernel vdnn_kernel;

/// Plans a convolution. `weights` (O×I/groups×H×W, plain) and `bias` (O, may be NULL) are copied into the
/// layout that suits the kernel.
int vdnn_convolution_forward(
    const vdnn_convolution *convolution, const float *weights, const float *bias, vdnn_kernel **kernel, char *error);

/// Plans the gradient with respect to the source: reads a map like the destination, writes one like the source.
int vdnn_convolution_backward(
    const vdnn_convolution *convolution, const float *weights, vdnn_kernel **kernel, char *error);

/// Plans pooling. With `workspace` set, a maximum remembers where it came from, for the backward kernel.
int vdnn_pooling_forward(const vdnn_pooling *pooling, int workspace, vdnn_kernel **kernel, char *error);

/// Plans pooling's gradient, reading the workspace of the forward kernel, which must outlive it.
int vdnn_pooling_backward(
    const vdnn_pooling *pooling, const vdnn_kernel *forward, vdnn_kernel **kernel, char *error);

/// Plans a change of layout; with `accumulate` it adds to the destination.
int vdnn_reorder(
    const vdnn_map *source, const vdnn_map *destination, int accumulate, vdnn_kernel **kernel, char *error);

/// Says where the numbers lie from now on. `addend` is read by convolutions with VDNN_SEPARATE alone.
int vdnn_bind(vdnn_kernel *kernel, const float *source, float *destination, const float *addend, char *error);

/// Runs a bound kernel to its end on the threads of OpenMP.
int vdnn_run(const vdnn_kernel *kernel);

/// The implementation that the library chose, such as `jit_1x1:avx2`; valid as long as the kernel.
const char *vdnn_name(const vdnn_kernel *kernel);

/// Frees a kernel; NULL is fine.
void vdnn_free(vdnn_kernel *kernel);

/// How many numbers a map takes, padding of blocked channels included.
int64_t vdnn_count(const vdnn_map *map);

/// 1 if the processor runs bfloat16 products faster than by a reference loop.
int vdnn_has_bfloat16(void);

/// The layout in which the processor's convolutions are fastest.
vdnn_layout vdnn_best_layout(void);

/// The words for an error code.
const char *vdnn_describe(int code);
