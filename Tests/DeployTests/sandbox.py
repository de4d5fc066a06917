"""Runs a program under what a unit restricts, as far as the kernel lets an unprivileged process restrict itself.

    sandbox.py UNIT WRITABLE... -- PROGRAM ARGUMENT...

Applied: the filter of system calls, its address families, no memory that is both writable and executable, no namespaces (seccomp); no
writing outside of the named directories (Landlock; the unit's own mounts are less strict, a private /tmp is writable there); no new
privileges; no capabilities, also not for root; the mask of new files' modes.
"""

import ctypes
import errno
import os
import socket
import struct
import sys

from unitfile import UnitFile

libc = ctypes.CDLL(None, use_errno=True)
seccomp = ctypes.CDLL("libseccomp.so.2")

PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, LAST_CAPABILITY = 24, 38, 63
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
EQUAL, MASKED_EQUAL = 4, 7
PROT_WRITE, PROT_EXEC = 2, 4
NAMESPACES = 0x7E020000 | 0x00000080

LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
# Write a file; remove and make entries of every kind; later versions of the kernel add renaming between folders, and truncating.
WRITING, REFERRING, TRUNCATING = sum(1 << bit for bit in (1, *range(4, 13))), 1 << 13, 1 << 14


class Comparison(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("operator", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def checked(result, what):
    if result < 0:
        raise OSError(f"{what}: {result}, {os.strerror(ctypes.get_errno())}")
    return result


def restrict_system_calls(unit):
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(REFUSE))
    allowed = unit.system_calls()

    def rule(action, name, *comparisons):
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            return  # not a system call of this architecture
        # One rule of several comparisons holds if all of them do.
        array = (Comparison * max(len(comparisons), 1))(*comparisons)
        code = seccomp.seccomp_rule_add_array(context, action, number, len(comparisons), array)
        if code not in (0, -errno.EACCES):  # EACCES: what a filter does anyway
            raise OSError(f"seccomp rule for {name}: {code}")

    narrowed = {"mmap", "mprotect", "pkey_mprotect", "socket", "clone", "unshare", "setns", "clone3"}
    for name in sorted(allowed - narrowed):
        rule(ALLOW, name)
    for name in sorted(allowed & narrowed):
        for comparisons in permitted(unit, name):
            rule(ALLOW, name, *comparisons)
    if unit.is_on("RestrictNamespaces"):
        rule(0x00050000 | errno.ENOSYS, "clone3")  # its flags are out of a filter's sight; libc falls back to clone
    checked(seccomp.seccomp_load(context), "seccomp_load")


def permitted(unit, name):
    """The alternatives of arguments with which a system call is allowed, each a list of comparisons; one empty list: with all."""
    if unit.is_on("MemoryDenyWriteExecute"):
        if name == "mmap":
            return [[Comparison(2, MASKED_EQUAL, PROT_EXEC, 0)], [Comparison(2, MASKED_EQUAL, PROT_WRITE, 0)]]
        if name in ("mprotect", "pkey_mprotect"):
            return [[Comparison(2, MASKED_EQUAL, PROT_EXEC, 0)]]
    if name == "socket" and unit.value("RestrictAddressFamilies"):
        families = unit.value("RestrictAddressFamilies").split()
        return [[Comparison(0, EQUAL, getattr(socket, family), 0)] for family in families]
    if unit.is_on("RestrictNamespaces"):
        if name == "clone":
            return [[Comparison(0, MASKED_EQUAL, NAMESPACES, 0)]]
        if name in ("unshare", "setns", "clone3"):
            return []
    return [[]]


def restrict_writing(folders):
    version = checked(libc.syscall(LANDLOCK_CREATE, None, 0, 1), "landlock")
    rights = WRITING | (REFERRING if version >= 2 else 0) | (TRUNCATING if version >= 3 else 0)
    attribute = struct.pack("=Q", rights)
    ruleset = checked(libc.syscall(LANDLOCK_CREATE, attribute, len(attribute), 0), "landlock_create_ruleset")
    # As with ProtectSystem=strict, devices can be written to.
    for folder in [*folders, "/dev"]:
        parent = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        checked(libc.syscall(LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", rights, parent), 0), "landlock_add_rule")
        os.close(parent)
    checked(libc.syscall(LANDLOCK_RESTRICT, ruleset, 0), "landlock_restrict_self")
    os.close(ruleset)


def drop_capabilities():
    """Without a bounding set, a program that root executes has none. Who is not root has none anyway."""
    for capability in range(LAST_CAPABILITY + 1):
        if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0 and ctypes.get_errno() not in (errno.EINVAL, errno.EPERM):
            raise OSError(f"capability {capability}: {os.strerror(ctypes.get_errno())}")


def main(arguments):
    end = arguments.index("--")
    unit, folders, command = UnitFile(arguments[0]), arguments[1:end], arguments[end + 1 :]
    os.umask(int(unit.value("UMask"), 8))
    if unit.value("CapabilityBoundingSet") == "":
        drop_capabilities()
    checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    restrict_writing(folders)
    restrict_system_calls(unit)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
