// PNG through libpng. libpng reports errors by longjmp, which must not cross Swift frames: each function here
// catches it and returns 0 for success, or another number with a message.
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { VITRINE_PNG_MESSAGE = 256 };

/// What a PNG's header says.
typedef struct {
  uint32_t width, height;
  int bits;      // bits a channel: 1, 2, 4, 8 or 16
  int channels;  // as stored: 1 gray or palette, 2 gray and alpha, 3 RGB, 4 RGBA
} vitrine_png_header;

/// A text chunk to write. `value` is Latin-1 (tEXt), or UTF-8 if `international` (iTXt).
typedef struct {
  const char *key;
  const char *value;
  int international;
} vitrine_png_text;

/// Reads the header only; allocates nothing in proportion to the picture.
int vitrine_png_read_header(const uint8_t *bytes, size_t count, vitrine_png_header *header,
                            char message[VITRINE_PNG_MESSAGE]);

/// Decodes to 8 bits, 3 channels (RGB) or 4 (RGBA), rows of `width` interleaved pixels without padding.
/// `pixels` holds width * height * channels bytes, by the header that was read before.
int vitrine_png_read(const uint8_t *bytes, size_t count, int channels, uint8_t *pixels,
                     char message[VITRINE_PNG_MESSAGE]);

/// Calls `found` for each tEXt, zTXt and iTXt chunk, in the file's order.
int vitrine_png_read_text(const uint8_t *bytes, size_t count,
                          void (*found)(const char *key, const char *value, int international, void *context),
                          void *context, char message[VITRINE_PNG_MESSAGE]);

/// Encodes 8-bit interleaved pixels of 1 (gray), 3 (RGB) or 4 (RGBA) channels. Blocks of the file go to `sink`, which
/// must not fail. The same input gives the same bytes: fixed filters, no time stamp. `level` is zlib's; with 0 nothing is
/// compressed, so that pictures of a size make files of a size.
int vitrine_png_write(uint32_t width, uint32_t height, int channels, int level, const uint8_t *pixels,
                      const vitrine_png_text *texts, int text_count,
                      void (*sink)(const uint8_t *bytes, size_t count, void *context), void *context,
                      char message[VITRINE_PNG_MESSAGE]);
