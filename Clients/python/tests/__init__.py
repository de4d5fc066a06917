"""Tests of the second implementation, by the golden vectors and by hostile bytes."""
