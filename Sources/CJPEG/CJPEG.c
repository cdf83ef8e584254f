#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
// After jpeglib.h, which it needs.
#include <jerror.h>

// More scans than any real progressive file has: each costs a pass over the whole picture, so that a small hostile
// file could take hours.
enum { MOST_SCANS = 500 };

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf back;
  char *message;
} handler;

static void fail(j_common_ptr jpeg) {
  handler *errors = (handler *)jpeg->err;
  char text[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, text);
  snprintf(errors->message, VITRINE_JPEG_MESSAGE, "%s", text);
  longjmp(errors->back, 1);
}

// Missing data is an error. Other warnings (stray bytes between segments) are common in real photographs and harmless.
static void warn(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  int code = jpeg->err->msg_code;
  if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) {
    handler *errors = (handler *)jpeg->err;
    snprintf(errors->message, VITRINE_JPEG_MESSAGE, "%s",
             code == JWRN_JPEG_EOF ? "the file is truncated" : "its data is damaged");
    longjmp(errors->back, 1);
  }
}

static void quiet(j_common_ptr jpeg) { (void)jpeg; }

static void watch(j_common_ptr jpeg) {
  j_decompress_ptr reader = (j_decompress_ptr)jpeg;
  if (reader->is_decompressor && reader->input_scan_number > MOST_SCANS) {
    handler *errors = (handler *)jpeg->err;
    snprintf(errors->message, VITRINE_JPEG_MESSAGE, "it has more than %d scans", MOST_SCANS);
    longjmp(errors->back, 1);
  }
}

static struct jpeg_error_mgr *prepare(handler *errors, char *message) {
  jpeg_std_error(&errors->base);
  errors->base.error_exit = fail;
  errors->base.emit_message = warn;
  errors->base.output_message = quiet;
  errors->message = message;
  message[0] = 0;
  return &errors->base;
}

int vitrine_jpeg_read_header(const uint8_t *bytes, size_t count, vitrine_jpeg_header *header,
                             char message[VITRINE_JPEG_MESSAGE]) {
  struct jpeg_decompress_struct jpeg;
  handler errors;
  memset(&jpeg, 0, sizeof jpeg);
  jpeg.err = prepare(&errors, message);
  if (setjmp(errors.back)) {
    jpeg_destroy_decompress(&jpeg);
    return 1;
  }
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, bytes, count);
  jpeg_read_header(&jpeg, TRUE);
  header->width = jpeg.image_width;
  header->height = jpeg.image_height;
  header->channels = jpeg.num_components;
  jpeg_destroy_decompress(&jpeg);
  return 0;
}

static inline uint8_t ink(int paper, int black) {
  int product = (255 - paper) * black + 128;
  int shade = black - (((product >> 8) + product) >> 8);
  return shade < 0 ? 0 : shade;
}

// Four inks, stored inverted as Adobe does, to RGB: PIL's formula, with its rounding.
static void convert_inks(const uint8_t *inks, uint8_t *pixels, uint32_t width) {
  for (uint32_t x = 0; x < width; x++)
    for (int c = 0; c < 3; c++) pixels[3 * x + c] = ink(inks[4 * x + c], inks[4 * x + 3]);
}

int vitrine_jpeg_read(const uint8_t *bytes, size_t count, uint8_t *pixels, char message[VITRINE_JPEG_MESSAGE]) {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_progress_mgr progress = {.progress_monitor = watch};
  handler errors;
  uint8_t *volatile inks = NULL;
  memset(&jpeg, 0, sizeof jpeg);
  jpeg.err = prepare(&errors, message);
  if (setjmp(errors.back)) {
    free(inks);
    jpeg_destroy_decompress(&jpeg);
    return 1;
  }
  jpeg_create_decompress(&jpeg);
  jpeg.progress = &progress;
  jpeg_mem_src(&jpeg, bytes, count);
  jpeg_read_header(&jpeg, TRUE);
  int four = jpeg.num_components == 4;
  jpeg.out_color_space = four ? JCS_CMYK : JCS_RGB;
  jpeg.dct_method = JDCT_ISLOW;  // the default of PIL, on which networks are trained
  jpeg_start_decompress(&jpeg);
  uint32_t width = jpeg.output_width;
  if (four) {
    inks = malloc((size_t)width * 4);
    if (!inks) ERREXIT1(&jpeg, JERR_OUT_OF_MEMORY, 0);
  }
  while (jpeg.output_scanline < jpeg.output_height) {
    uint8_t *row = pixels + (size_t)jpeg.output_scanline * width * 3;
    JSAMPROW target = four ? inks : row;
    jpeg_read_scanlines(&jpeg, &target, 1);
    if (four) convert_inks(inks, row, width);
  }
  jpeg_finish_decompress(&jpeg);
  free(inks);
  jpeg_destroy_decompress(&jpeg);
  return 0;
}

int vitrine_jpeg_write(uint32_t width, uint32_t height, int channels, const uint8_t *pixels, int quality,
                       int subsample, uint8_t **file, size_t *count, char message[VITRINE_JPEG_MESSAGE]) {
  struct jpeg_compress_struct jpeg;
  handler errors;
  unsigned long size = 0;
  *file = NULL;
  memset(&jpeg, 0, sizeof jpeg);
  jpeg.err = prepare(&errors, message);
  if (setjmp(errors.back)) {
    jpeg_destroy_compress(&jpeg);
    // Not freed: in the middle of encoding, libjpeg may have moved the block without telling yet.
    *file = NULL;
    return 1;
  }
  jpeg_create_compress(&jpeg);
  jpeg_mem_dest(&jpeg, file, &size);
  jpeg.image_width = width;
  jpeg.image_height = height;
  jpeg.input_components = channels;
  jpeg.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, quality, TRUE);
  jpeg.optimize_coding = TRUE;
  if (channels == 3 && !subsample) jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < height) {
    JSAMPROW row = (JSAMPROW)pixels + (size_t)jpeg.next_scanline * width * channels;
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  *count = size;
  jpeg_destroy_compress(&jpeg);
  return 0;
}
