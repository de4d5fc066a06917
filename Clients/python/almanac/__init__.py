"""The Almanac protocol, version 1, in Python: a second implementation, made from Protocol/SPEC.md alone.

Everything here turns bytes into typed values and back. Nothing here does I/O. Whatever the bytes are, a decoder returns a value
or raises `almanac.errors.WireError`.
"""
