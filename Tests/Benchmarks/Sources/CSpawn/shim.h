#pragma once
#include <spawn.h>

// Of glibc 2.34 and later; its own header has it for programs in C with GNU's extensions alone.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
