"""Stream names and patterns: rules that no golden vector shows."""

from __future__ import annotations

import unittest

from almanac import errors, streams


class StreamNameTests(unittest.TestCase):
    """Section 6 and the patterns of section 12."""

    def test_names(self) -> None:
        for name in ["a", "0", "a-", "a/b/c/d", "a" * 128]:
            self.assertEqual(streams.check_stream_name(name), name)
        for name in ["", "-a", "a/", "/a", "a//b", "a/-b", "a/b/c/d/e", "A", "a_b", "a b", "é", "a\n", "a" * 129]:
            with self.assertRaises(errors.WireError, msg=name):
                streams.check_stream_name(name)

    def test_patterns(self) -> None:
        for pattern in ["*", "a", "a/*", "a/b/*"]:
            self.assertEqual(streams.check_pattern(pattern), pattern)
        for pattern in ["", "/*", "**", "*/a", "a/*/b", "a*", "*/*", "a/**"]:
            with self.assertRaises(errors.WireError, msg=pattern):
                streams.check_pattern(pattern)

    def test_what_patterns_stand_for(self) -> None:
        self.assertTrue(streams.pattern_matches("*", "a/b"))
        self.assertTrue(streams.pattern_matches("a/*", "a/b/c"))
        self.assertTrue(streams.pattern_matches("a", "a"))
        for pattern, name in [("a/*", "a"), ("a/*", "ab/c"), ("a", "a/b")]:
            self.assertFalse(streams.pattern_matches(pattern, name), f"{pattern} {name}")
