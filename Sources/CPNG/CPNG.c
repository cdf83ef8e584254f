#include "CPNG.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const uint8_t *next;
  size_t left;
} source;

typedef struct {
  void (*sink)(const uint8_t *, size_t, void *);
  void *context;
} drain;

static void fail(png_structp png, png_const_charp text) {
  char *message = png_get_error_ptr(png);
  strncpy(message, text, VITRINE_PNG_MESSAGE - 1);
  message[VITRINE_PNG_MESSAGE - 1] = 0;
  png_longjmp(png, 1);
}

// Warnings concern ancillary chunks (a wrong colour profile, say), which don't change the pixels that are read.
static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void pull(png_structp png, png_bytep bytes, size_t count) {
  source *from = png_get_io_ptr(png);
  if (count > from->left) png_error(png, "the file is truncated");
  memcpy(bytes, from->next, count);
  from->next += count;
  from->left -= count;
}

static void push(png_structp png, png_bytep bytes, size_t count) {
  drain *to = png_get_io_ptr(png);
  to->sink(bytes, count, to->context);
}

static void flush(png_structp png) { (void)png; }

// A reader at the start of a file, with limits on what its ancillary chunks may make libpng allocate.
static png_structp open_reader(source *from, png_infop *info, char *message) {
  strcpy(message, "out of memory");
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore);
  if (!png) return NULL;
  *info = png_create_info_struct(png);
  if (!*info) {
    png_destroy_read_struct(&png, NULL, NULL);
    return NULL;
  }
  png_set_read_fn(png, from, pull);
  png_set_chunk_cache_max(png, 256);
  png_set_chunk_malloc_max(png, 8u << 20);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  return png;
}

int vitrine_png_read_header(const uint8_t *bytes, size_t count, vitrine_png_header *header,
                            char message[VITRINE_PNG_MESSAGE]) {
  source from = {bytes, count};
  png_infop info = NULL;
  png_structp png = open_reader(&from, &info, message);
  if (!png) return 1;
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
  }
  png_read_info(png, info);
  header->width = png_get_image_width(png, info);
  header->height = png_get_image_height(png, info);
  header->bits = png_get_bit_depth(png, info);
  header->channels = png_get_channels(png, info);
  png_destroy_read_struct(&png, &info, NULL);
  return 0;
}

int vitrine_png_read(const uint8_t *bytes, size_t count, int channels, uint8_t *pixels,
                     char message[VITRINE_PNG_MESSAGE]) {
  source from = {bytes, count};
  png_infop info = NULL;
  png_structp png = open_reader(&from, &info, message);
  if (!png) return 1;
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
  }
  png_read_info(png, info);
  int type = png_get_color_type(png, info);
  int alpha = (type & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
  png_set_expand(png);  // palette to RGB, 1, 2 and 4 bits to 8, tRNS to alpha
  png_set_strip_16(png);
  if (!(type & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png);
  if (channels == 3 && alpha) png_set_strip_alpha(png);
  if (channels == 4 && !alpha) png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t row = png_get_rowbytes(png, info);
  uint32_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
  if (row != (size_t)width * channels) png_error(png, "its layout is not understood");
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < height; y++) png_read_row(png, pixels + y * row, NULL);
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return 0;
}

int vitrine_png_read_text(const uint8_t *bytes, size_t count,
                          void (*found)(const char *key, const char *value, int international, void *context),
                          void *context, char message[VITRINE_PNG_MESSAGE]) {
  source from = {bytes, count};
  png_infop info = NULL;
  png_structp png = open_reader(&from, &info, message);
  if (!png) return 1;
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
  }
  png_read_info(png, info);
  png_textp texts = NULL;
  int texts_count = png_get_text(png, info, &texts, NULL);
  for (int i = 0; i < texts_count; i++)
    found(texts[i].key, texts[i].text, texts[i].compression >= PNG_ITXT_COMPRESSION_NONE, context);
  png_destroy_read_struct(&png, &info, NULL);
  return 0;
}

int vitrine_png_write(uint32_t width, uint32_t height, int channels, int level, const uint8_t *pixels,
                      const vitrine_png_text *texts, int text_count,
                      void (*sink)(const uint8_t *, size_t, void *), void *context,
                      char message[VITRINE_PNG_MESSAGE]) {
  drain to = {sink, context};
  strcpy(message, "out of memory");
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore);
  if (!png) return 1;
  png_infop info = png_create_info_struct(png);
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 1;
  }
  png_set_write_fn(png, &to, push, flush);
  int type = channels == 1 ? PNG_COLOR_TYPE_GRAY : channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA;
  png_set_IHDR(png, info, width, height, 8, type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, level);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, level ? PNG_ALL_FILTERS : PNG_FILTER_NONE);
  for (int i = 0; i < text_count; i++) {
    png_text text = {0};
    text.compression = texts[i].international ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE;
    text.key = (char *)texts[i].key;
    text.text = (char *)texts[i].value;
    text.text_length = strlen(texts[i].value);
    png_set_text(png, info, &text, 1);
  }
  png_write_info(png, info);
  for (uint32_t y = 0; y < height; y++) png_write_row(png, pixels + (size_t)y * width * channels);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return 0;
}
