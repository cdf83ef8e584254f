// JPEG through libjpeg-turbo. libjpeg reports errors by a callback that must not return; here it jumps back into the
// function that was called, which returns 0 for success, or another number with a message.
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { VITRINE_JPEG_MESSAGE = 256 };

/// What a JPEG's header says.
typedef struct {
  uint32_t width, height;
  int channels;  // 1 gray, 3 colour, 4 CMYK or YCCK
} vitrine_jpeg_header;

/// Reads the header only; allocates nothing in proportion to the picture.
int vitrine_jpeg_read_header(const uint8_t *bytes, size_t count, vitrine_jpeg_header *header,
                             char message[VITRINE_JPEG_MESSAGE]);

/// Decodes to 8-bit RGB, rows of `width` interleaved pixels without padding, as stored (an EXIF orientation is not
/// applied). Gray is replicated; CMYK is converted as PIL does, with Adobe's inverted inks. A file that ends early is
/// an error, where libjpeg alone would fill the rest with gray.
int vitrine_jpeg_read(const uint8_t *bytes, size_t count, uint8_t *pixels, char message[VITRINE_JPEG_MESSAGE]);

/// Encodes 8-bit interleaved pixels of 1 (gray) or 3 (RGB) channels at `quality` 1 to 100, with the colours at half
/// resolution if `subsample`. The file is allocated with malloc; free it.
int vitrine_jpeg_write(uint32_t width, uint32_t height, int channels, const uint8_t *pixels, int quality,
                       int subsample, uint8_t **file, size_t *count, char message[VITRINE_JPEG_MESSAGE]);
