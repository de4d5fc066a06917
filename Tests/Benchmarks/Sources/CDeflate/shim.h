#pragma once
#include <zlib.h>

// deflateInit2 is a macro with arguments, which Swift cannot see. A raw stream, as in Almanac's chunks.
static inline int benchmark_deflate_init_raw(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
}
