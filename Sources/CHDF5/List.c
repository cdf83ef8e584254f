// The part that runs in the child process: see CHDF5.h.
#include "List.h"

#include <hdf5/serial/hdf5.h>
#include <string.h>
#include <unistd.h>

enum { DEEPEST = 16, MOST_OBJECTS = 200000, MOST_CHUNKS = 8192, LONGEST_PATH = 4096, MOST_FILTERS = 8 };

typedef struct {
  int pipe;
  size_t used;
  uint8_t buffer[1 << 16];
  char path[LONGEST_PATH];
  size_t length;
  int depth;
  long objects;
  const char *failure;
} walk;

static void flush(walk *walk) {
  for (size_t written = 0; written < walk->used;) {
    ssize_t count = write(walk->pipe, walk->buffer + written, walk->used - written);
    if (count <= 0) _exit(1);  // the reader is gone
    written += (size_t)count;
  }
  walk->used = 0;
}

static void put_bytes(walk *walk, const void *bytes, size_t count) {
  if (count > sizeof walk->buffer - walk->used) flush(walk);
  memcpy(walk->buffer + walk->used, bytes, count);
  walk->used += count;
}

static void put(walk *walk, uint64_t word) { put_bytes(walk, &word, sizeof word); }

static void put_text(walk *walk, const char *text, size_t length) {
  static const char zeros[8];
  put(walk, length);
  put_bytes(walk, text, length);
  put_bytes(walk, zeros, (8 - length % 8) % 8);
}

static int fail(walk *walk, const char *reason) {
  if (!walk->failure) walk->failure = reason;
  return -1;
}

static int put_type(walk *walk, hid_t type) {
  H5T_class_t class = H5Tget_class(type);
  put(walk, (uint64_t)class);
  put(walk, H5Tget_size(type));
  put(walk, class == H5T_INTEGER || class == H5T_FLOAT ? H5Tget_order(type) == H5T_ORDER_BE : 0);
  size_t sign = 0, exponent = 0, exponent_size = 0, mantissa = 0, mantissa_size = 0;
  if (class == H5T_FLOAT &&
      H5Tget_fields(type, &sign, &exponent, &exponent_size, &mantissa, &mantissa_size) < 0)
    return fail(walk, "a type can't be read");
  put(walk, class == H5T_INTEGER ? H5Tget_sign(type) == H5T_SGN_2 : sign);
  put(walk, exponent);
  put(walk, exponent_size);
  put(walk, mantissa);
  put(walk, mantissa_size);
  put(walk, class == H5T_FLOAT ? H5Tget_ebias(type) : 0);
  return 0;
}

static int put_chunks(walk *walk, hid_t dataset, hid_t space, hid_t creation, int rank) {
  hsize_t extents[H5S_MAX_RANK], count = 0;
  if (H5Pget_chunk(creation, rank, extents) != rank || H5Dget_num_chunks(dataset, space, &count) < 0)
    return fail(walk, "a dataset's chunks can't be read");
  if (count > MOST_CHUNKS) return fail(walk, "a dataset has more than 8192 chunks");
  for (int axis = 0; axis < rank; axis++) put(walk, extents[axis]);
  put(walk, count);
  for (hsize_t index = 0; index < count; index++) {
    hsize_t place[H5S_MAX_RANK], size = 0;
    unsigned mask = 0;
    haddr_t address = HADDR_UNDEF;
    if (H5Dget_chunk_info(dataset, space, index, place, &mask, &address, &size) < 0)
      return fail(walk, "a chunk can't be found");
    for (int axis = 0; axis < rank; axis++) put(walk, place[axis]);
    put(walk, mask);
    put(walk, address);
    put(walk, size);
  }
  return 0;
}

static int put_dataset(walk *walk, hid_t dataset) {
  hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset), creation = H5Dget_create_plist(dataset);
  hsize_t extents[H5S_MAX_RANK];
  int rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
  if (type < 0 || creation < 0 || rank < 0 || rank > H5S_MAX_RANK ||
      H5Sget_simple_extent_dims(space, extents, NULL) != rank)
    return fail(walk, "a dataset can't be read");
  if (H5Sget_simple_extent_type(space) == H5S_NULL) return 0;
  put(walk, VITRINE_HDF5_DATASET);
  put_text(walk, walk->path, walk->length);
  if (put_type(walk, type) < 0) return -1;
  put(walk, (uint64_t)rank);
  for (int axis = 0; axis < rank; axis++) put(walk, extents[axis]);
  H5D_layout_t layout = H5Pget_layout(creation);
  int plain = layout == H5D_CONTIGUOUS && H5Pget_external_count(creation) == 0;
  put(walk, plain ? VITRINE_HDF5_CONTIGUOUS : layout == H5D_CHUNKED ? VITRINE_HDF5_CHUNKED : VITRINE_HDF5_OTHER);
  put(walk, plain ? H5Dget_offset(dataset) : HADDR_UNDEF);
  int filters = H5Pget_nfilters(creation);
  if (filters < 0 || filters > MOST_FILTERS) return fail(walk, "a dataset's filters can't be read");
  put(walk, (uint64_t)filters);
  for (int index = 0; index < filters; index++) {
    unsigned flags, config;
    size_t values = 0;
    H5Z_filter_t filter = H5Pget_filter2(creation, (unsigned)index, &flags, &values, NULL, 0, NULL, &config);
    if (filter < 0) return fail(walk, "a dataset's filters can't be read");
    put(walk, (uint64_t)filter);
  }
  int status = layout == H5D_CHUNKED ? put_chunks(walk, dataset, space, creation, rank) : 0;
  H5Tclose(type);
  H5Sclose(space);
  H5Pclose(creation);
  return status;
}

/// Tells the name of a layer whose variables lie in a group; a group without one is nothing special.
static void put_layer(walk *walk, hid_t group) {
  if (H5Aexists(group, "name") <= 0) return;
  hid_t attribute = H5Aopen(group, "name", H5P_DEFAULT);
  hid_t stored = H5Aget_type(attribute), space = H5Aget_space(attribute), type = H5Tcopy(H5T_C_S1);
  char *text = NULL;
  if (H5Tget_class(stored) == H5T_STRING && H5Tis_variable_str(stored) > 0 &&
      H5Sget_simple_extent_npoints(space) == 1 && H5Tset_size(type, H5T_VARIABLE) >= 0 &&
      H5Tset_cset(type, H5Tget_cset(stored)) >= 0 && H5Aread(attribute, type, &text) >= 0 && text) {
    put(walk, VITRINE_HDF5_LAYER);
    put_text(walk, walk->path, walk->length);
    put_text(walk, text, strnlen(text, LONGEST_PATH));
    H5free_memory(text);
  }
  H5Tclose(type);
  H5Sclose(space);
  H5Tclose(stored);
  H5Aclose(attribute);
}

static int is_optimizer(const char *name) {
  return !strcmp(name, "optimizer_weights") || !strcmp(name, "optimizer") || !strcmp(name, "_optimizer");
}

static herr_t visit(hid_t group, const char *name, const H5L_info_t *link, void *context) {
  walk *walk = context;
  // Soft and external links lead elsewhere: to another file, at worst.
  if (link->type != H5L_TYPE_HARD || (walk->depth == 0 && is_optimizer(name))) return 0;
  if (++walk->objects > MOST_OBJECTS) return fail(walk, "holds more than 200000 objects");
  size_t length = strlen(name), before = walk->length;
  if (before + length + 2 > LONGEST_PATH) return fail(walk, "a path has more than 4096 bytes");
  if (before) walk->path[walk->length++] = '/';
  memcpy(walk->path + walk->length, name, length);
  walk->length += length;
  hid_t object = H5Oopen(group, name, H5P_DEFAULT);
  int status = object < 0 ? fail(walk, "an object can't be opened") : 0;
  if (!status && H5Iget_type(object) == H5I_DATASET) status = put_dataset(walk, object);
  if (!status && H5Iget_type(object) == H5I_GROUP) {
    if (!strcmp(name, "vars")) put_layer(walk, object);
    if (++walk->depth > DEEPEST) {
      status = fail(walk, "groups nest deeper than 16, or hold themselves");
    } else {
      status = H5Literate(object, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, visit, walk);
    }
    walk->depth--;
  }
  H5Oclose(object);
  walk->length = before;
  return status;
}

static void list(walk *walk, const char *path) {
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_file_locking(access, 0, 1);  // file systems without locks, and files of others
  hid_t file = H5Fopen(path, H5F_ACC_RDONLY, access);
  if (file < 0) {
    fail(walk, "libhdf5 can't open it: it is truncated or damaged");
    return;
  }
  H5L_info_t link;
  int is_model = H5Lexists(file, "model_weights", H5P_DEFAULT) > 0 &&
                 H5Lget_info(file, "model_weights", &link, H5P_DEFAULT) >= 0 && link.type == H5L_TYPE_HARD;
  hid_t root = H5Gopen2(file, is_model ? "model_weights" : "/", H5P_DEFAULT);
  if (root < 0) {
    fail(walk, "its group of weights can't be opened");
    return;
  }
  put(walk, VITRINE_HDF5_KERAS);
  put(walk, H5Aexists(root, "layer_names") > 0 || H5Aexists(root, "layer_names0") > 0);
  if (H5Literate(root, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, visit, walk) < 0)
    fail(walk, "its groups can't be read: it is damaged");
}

void vitrine_hdf5_write_list(const char *path, int pipe) {
  static walk state;
  state.pipe = pipe;
  list(&state, path);
  put(&state, state.failure ? VITRINE_HDF5_ERROR : VITRINE_HDF5_END);
  if (state.failure) put_text(&state, state.failure, strlen(state.failure));
  flush(&state);
}
