// Lists what an HDF5 file holds, through libhdf5. libhdf5 isn't made for hostile files: some crash it, some make it run
// for ever or take all memory. So it runs in a child process that only reads the file and writes a list to a pipe,
// with bounds on its time, its memory and its output; whatever happens to it, the caller gets a list or an error. The
// numbers themselves are never read here: the list says where in the file they lie.
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { VITRINE_HDF5_MESSAGE = 256 };

/// Kinds of records in the list. A list that is whole ends with VITRINE_HDF5_END.
enum {
  VITRINE_HDF5_END = 0,
  /// A length, and a message of so many bytes: the file can't be read. The last record.
  VITRINE_HDF5_ERROR = 1,
  /// 1 if the group that was listed has Keras' attribute `layer_names`, else 0.
  VITRINE_HDF5_KERAS = 2,
  /// A dataset, see below.
  VITRINE_HDF5_DATASET = 3,
  /// The path of a group `vars`, in which Keras 3 keeps a layer's variables, and the layer's name: two texts.
  VITRINE_HDF5_LAYER = 4,
};

/// How a dataset's numbers lie in the file.
enum { VITRINE_HDF5_CONTIGUOUS = 0, VITRINE_HDF5_CHUNKED = 1, VITRINE_HDF5_OTHER = 2 };

/// Lists the datasets under `model_weights`, or under the root if there is no such group, without the optimizer's.
///
/// The list is a row of native 64-bit words and texts: a length, and so many bytes padded to a multiple of eight. A
/// dataset is
///   DATASET, its path,
///   class of its type (H5T_class_t), bytes a number, whether big endian,
///   of floats: places and sizes of sign, exponent and mantissa in bits and the exponent's bias (spos, epos, esize,
///   mpos, msize, bias), of integers: whether signed and five zeros,
///   rank, extents, layout, address or all ones, count of filters, their numbers,
///   if chunked: extents of a chunk, count of chunks, and of each its place, filter mask, address and bytes.
///
/// `most_bytes` bounds the list and, beside what the process has, the child's memory; `seconds` its time.
/// Returns 0 with a list to free(), or another number with a message.
int vitrine_hdf5_list(const char *path, size_t most_bytes, int seconds, uint8_t **list, size_t *count,
                      char message[VITRINE_HDF5_MESSAGE]);
