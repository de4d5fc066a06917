#pragma once
#include <zlib.h>

// deflateInit2 and inflateInit2 are macros that pass the header's version and the size of z_stream; Swift cannot see macros
// with arguments.
static inline int almanac_deflate_init_raw(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
}
static inline int almanac_inflate_init_raw(z_stream *stream) {
    return inflateInit2(stream, -MAX_WBITS);
}
