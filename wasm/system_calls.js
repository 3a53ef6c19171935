// The system calls of the command-line tool under Node (em++ --js-library). They take the place of
// Emscripten's own file system, which says that every stream is a terminal, syncs nothing to the
// disk, cannot read a pipe that was opened by name, and cuts long names short. Here a descriptor is
// the system's own, a path is bytes, and each call answers what the system answered.

const System = {
  $system__deps: ['$ERRNO_CODES'],
  $system__postset: "system.tty = require('node:tty'); system.folders = new Map();",
  $system: {
    tty: null,
    /// Open folders: descriptor → { path, entries, at }. Windows opens no folder as a file, so
    /// these numbers are ours, beyond the system's.
    folders: null,
    nextFolder: 1 << 20,
    /// The terminal whose echo is off: { fd, keys, line, ready, broken }. The first `ready` bytes
    /// of the line have been entered.
    silent: null,

    /// Runs a call; what it throws becomes the C library's number for it.
    number(call) {
      try {
        return call();
      } catch (error) {
        const number = ERRNO_CODES[error.code];
        if (number) return -number;
        // Node's own complaint is a mistake of this file; a number that has no name is the disk's.
        if (!error.syscall) throw error;
        return -ERRNO_CODES.EIO;
      }
    },
    fail(code) {
      throw { code };
    },
    /// The same for the calls that answer with a positive number.
    wasi: (call) => -system.number(() => call() ?? 0),

    bytes(pointer) {
      pointer >>>= 0;
      return Buffer.from(HEAPU8.slice(pointer, HEAPU8.indexOf(0, pointer)));
    },
    /// A path, below an open folder where one is given (AT_FDCWD is -100).
    path(folder, pointer) {
      const path = system.bytes(pointer);
      if (folder === -100 || path[0] === 0x2f) return path;
      const open = system.folders.get(folder) ?? system.fail('EBADF');
      return path.length === 0 ? open.path : Buffer.concat([open.path, Buffer.from('/'), path]);
    },
    pieces(vectors, count) {
      const out = [];
      for (let at = vectors >>> 2; count-- > 0; at += 2) {
        const start = HEAPU32[at];
        const size = HEAPU32[at + 1];
        if (size > 0) out.push(HEAPU8.subarray(start, start + size));
      }
      return out;
    },
    set64(pointer, value) {
      HEAPU32[pointer >>> 2] = Number(value & 0xffffffffn);
      HEAPU32[(pointer >>> 2) + 1] = Number((value >> 32n) & 0xffffffffn);
    },
    /// struct stat of Emscripten's C library.
    put(pointer, found) {
      const at = pointer >>> 2;
      const words = [
        found.dev,
        found.mode,
        found.nlink,
        found.uid,
        found.gid,
        found.rdev,
        found.size,
        found.size >> 32n,
        found.blksize,
        found.blocks,
      ];
      for (const [i, word] of words.entries()) HEAPU32[at + i] = Number(word & 0xffffffffn);
      for (const [i, time] of [found.atimeNs, found.mtimeNs, found.ctimeNs].entries()) {
        system.set64(pointer + 40 + 16 * i, time / 1_000_000_000n);
        HEAPU32[at + 12 + 4 * i] = Number(time % 1_000_000_000n);
      }
      system.set64(pointer + 88, found.ino);
      return 0;
    },

    /// A process that shares our pipe or terminal may have made it non-blocking (npx does): the
    /// call then comes back at once, and is made again.
    patiently(call) {
      for (;;) {
        try {
          return call();
        } catch (error) {
          if (error.code === 'EOF') return 0; // how Windows ends a pipe
          if (error.code !== 'EAGAIN') throw error;
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        }
      }
    },

    openFolder(path, flags) {
      const follow = (flags & 0o400000) === 0;
      const found = follow ? fs.statSync(path) : fs.lstatSync(path);
      if (found.isSymbolicLink()) system.fail('ELOOP');
      const entries = fs.readdirSync(path, { encoding: 'buffer', withFileTypes: true });
      const fd = system.nextFolder++;
      system.folders.set(fd, { path, entries, at: 0 });
      return fd;
    },
    /// Linux's numbers, as the C library has them, in this system's own.
    flags(given) {
      let out = given & 3;
      for (const [bit, name] of [
        [0o100, 'O_CREAT'],
        [0o200, 'O_EXCL'],
        [0o1000, 'O_TRUNC'],
        [0o2000, 'O_APPEND'],
        [0o400000, 'O_NOFOLLOW'],
      ]) {
        if (given & bit) out |= fs.constants[name] ?? 0;
      }
      return out;
    },

    /// Node has no way to turn the echo alone off: it hands over every key instead. `keys` is a
    /// second door to the same terminal, since Node makes its door non-blocking.
    silence(fd) {
      if (system.silent) return;
      const silent = { fd, keys: null, line: [], ready: 0, broken: false };
      system.silent = silent;
      try {
        silent.keys = new system.tty.ReadStream(fs.openSync('/dev/tty', 'r+'));
        silent.keys.on('error', () => {
          silent.broken = true;
        });
        silent.keys.setRawMode(true);
        silent.broken ||= !silent.keys.isRaw;
      } catch {
        silent.broken = true; // readKeys then refuses: nobody types a passphrase for all to see
      }
    },
    speak() {
      const silent = system.silent;
      system.silent = null;
      silent?.keys?.setRawMode(false);
      silent?.keys?.destroy();
      silent?.line.fill(0);
    },
    /// What the terminal itself does with a line while its echo is off.
    readKeys(piece) {
      const { silent } = system;
      const { fd, line } = silent;
      if (silent.broken) system.fail('EIO');
      const key = Buffer.alloc(1);
      while (silent.ready === 0) {
        if (system.patiently(() => fs.readSync(fd, key)) === 0) return 0;
        const [pressed] = key;
        if (pressed === 0x03 || pressed === 0x1c) {
          system.speak();
          fs.writeSync(fd, '\n');
          process.kill(process.pid, pressed === 0x03 ? 'SIGINT' : 'SIGQUIT');
        } else if (pressed === 0x04) {
          if (line.length === 0) return 0;
          silent.ready = line.length;
        } else if (pressed === 0x0d || pressed === 0x0a) {
          silent.ready = line.push(0x0a);
        } else if (pressed === 0x15) {
          line.fill(0).length = 0;
        } else if (pressed === 0x7f || pressed === 0x08) {
          while (line.length > 0 && (line.pop() & 0xc0) === 0x80);
        } else {
          line.push(pressed);
        }
      }
      key.fill(0);
      const taken = line.splice(0, Math.min(piece.length, silent.ready));
      silent.ready -= taken.length;
      piece.set(taken);
      return taken.length;
    },
  },

  fd_read__deps: ['$system'],
  fd_read: (fd, vectors, count, sum) =>
    system.wasi(() => {
      if (system.folders.has(fd)) system.fail('EISDIR');
      const pieces = system.pieces(vectors, count);
      let got = 0;
      if (pieces.length > 0) {
        got =
          system.silent?.fd === fd
            ? system.readKeys(pieces[0])
            : system.patiently(() => fs.readvSync(fd, pieces));
      }
      HEAPU32[sum >>> 2] = got;
    }),
  fd_write__deps: ['$system'],
  fd_write__postset: '',
  fd_write: (fd, vectors, count, sum) =>
    system.wasi(() => {
      const pieces = system.pieces(vectors, count);
      const put = pieces.length > 0 ? system.patiently(() => fs.writevSync(fd, pieces)) : 0;
      HEAPU32[sum >>> 2] = put;
    }),
  fd_close__deps: ['$system'],
  fd_close: (fd) =>
    system.wasi(() => {
      if (!system.folders.delete(fd)) fs.closeSync(fd);
    }),
  fd_sync__deps: ['$system'],
  fd_sync: (fd) =>
    system.wasi(() => {
      const folder = system.folders.get(fd);
      const file = folder ? fs.openSync(folder.path) : fd;
      try {
        fs.fsyncSync(file);
      } finally {
        if (folder) fs.closeSync(file);
      }
    }),
  fd_fdstat_get__deps: ['$system'],
  // Asked for one thing: whether the descriptor is a terminal (2, a character device; 4, a file).
  fd_fdstat_get: (fd, out) =>
    system.wasi(() => {
      if (!system.folders.has(fd)) fs.fstatSync(fd);
      HEAPU8.fill(0, out >>> 0, (out >>> 0) + 24);
      HEAPU8[out >>> 0] = system.tty.isatty(fd) ? 2 : 4;
    }),

  __syscall_openat__deps: ['$system'],
  __syscall_openat: (folder, path, flags, more) =>
    system.number(() => {
      const name = system.path(folder, path);
      if (flags & 0o200000) return system.openFolder(name, flags);
      return fs.openSync(name, system.flags(flags), flags & 0o100 ? HEAPU32[more >>> 2] : 0);
    }),
  __syscall_getdents64__deps: ['$system'],
  __syscall_getdents64: (fd, out, size) =>
    system.number(() => {
      const folder = system.folders.get(fd) ?? system.fail('EBADF');
      out >>>= 0;
      let used = 0;
      for (; folder.at < folder.entries.length; ++folder.at) {
        const entry = folder.entries[folder.at];
        const length = (19 + entry.name.length + 1 + 7) & ~7; // struct dirent, its name last
        if (used + length > size) break;
        const at = out + used;
        HEAPU8.fill(0, at, at + length);
        system.set64(at, 1n); // no entry has the number 0
        system.set64(at + 8, BigInt(folder.at + 1));
        HEAPU16[(at + 16) >>> 1] = length;
        // DT_DIR, DT_REG, DT_LNK; else DT_UNKNOWN, and the C++ library asks.
        HEAPU8[at + 18] = entry.isDirectory()
          ? 4
          : entry.isFile()
            ? 8
            : entry.isSymbolicLink()
              ? 10
              : 0;
        HEAPU8.set(entry.name, at + 19);
        used += length;
      }
      return used;
    }),

  __syscall_stat64__deps: ['$system'],
  __syscall_stat64: (path, out) =>
    system.number(() => system.put(out, fs.statSync(system.bytes(path), { bigint: true }))),
  __syscall_lstat64__deps: ['$system'],
  __syscall_lstat64: (path, out) =>
    system.number(() => system.put(out, fs.lstatSync(system.bytes(path), { bigint: true }))),
  __syscall_fstat64__deps: ['$system'],
  __syscall_fstat64: (fd, out) =>
    system.number(() => {
      const folder = system.folders.get(fd);
      const big = { bigint: true };
      return system.put(out, folder ? fs.statSync(folder.path, big) : fs.fstatSync(fd, big));
    }),
  __syscall_newfstatat__deps: ['$system'],
  __syscall_newfstatat: (folder, path, out, flags) =>
    system.number(() => {
      const name = system.path(folder, path);
      const stat = flags & 0x100 ? fs.lstatSync : fs.statSync; // AT_SYMLINK_NOFOLLOW
      return system.put(out, stat(name, { bigint: true }));
    }),
  __syscall_faccessat__deps: ['$system'],
  __syscall_faccessat: (folder, path, mode, _flags) =>
    system.number(() => fs.accessSync(system.path(folder, path), mode) ?? 0),

  __syscall_mkdirat__deps: ['$system'],
  __syscall_mkdirat: (folder, path, mode) =>
    system.number(() => fs.mkdirSync(system.path(folder, path), mode) ?? 0),
  __syscall_rmdir__deps: ['$system'],
  __syscall_rmdir: (path) => system.number(() => fs.rmdirSync(system.bytes(path)) ?? 0),
  __syscall_unlinkat__deps: ['$system'],
  __syscall_unlinkat: (folder, path, flags) =>
    system.number(() => {
      const name = system.path(folder, path);
      if (flags & 0x200)
        fs.rmdirSync(name); // AT_REMOVEDIR
      // macOS says EPERM for a folder, where everybody else says EISDIR.
      else fs.unlinkSync(name);
      return 0;
    }),
  __syscall_renameat__deps: ['$system'],
  __syscall_renameat: (from, path, to, target) =>
    system.number(() => fs.renameSync(system.path(from, path), system.path(to, target)) ?? 0),
  __syscall_symlink__deps: ['$system'],
  __syscall_symlink: (target, path) =>
    system.number(() => fs.symlinkSync(system.bytes(target), system.bytes(path)) ?? 0),
  __syscall_symlinkat__deps: ['$system'],
  __syscall_symlinkat: (target, folder, path) =>
    system.number(() => fs.symlinkSync(system.bytes(target), system.path(folder, path)) ?? 0),
  __syscall_readlinkat__deps: ['$system'],
  __syscall_readlinkat: (folder, path, out, size) =>
    system.number(() => {
      const target = fs.readlinkSync(system.path(folder, path), { encoding: 'buffer' });
      const part = target.subarray(0, size);
      HEAPU8.set(part, out >>> 0);
      return part.length;
    }),
  __syscall_chmod__deps: ['$system'],
  __syscall_chmod: (path, mode) => system.number(() => fs.chmodSync(system.bytes(path), mode) ?? 0),
  __syscall_fchmod__deps: ['$system'],
  __syscall_fchmod: (fd, mode) => system.number(() => fs.fchmodSync(fd, mode) ?? 0),
  __syscall_fchmodat2__deps: ['$system'],
  __syscall_fchmodat2: (folder, path, mode, _flags) =>
    system.number(() => fs.chmodSync(system.path(folder, path), mode) ?? 0),
  __syscall_truncate64__deps: ['$system'],
  __syscall_truncate64: (path, size) =>
    system.number(() => fs.truncateSync(system.bytes(path), size) ?? 0),
  __syscall_ftruncate64__deps: ['$system'],
  __syscall_ftruncate64: (fd, size) => system.number(() => fs.ftruncateSync(fd, size) ?? 0),
  __syscall_chdir__deps: ['$system'],
  __syscall_chdir: (path) => system.number(() => process.chdir(`${system.bytes(path)}`) ?? 0),
  __syscall_getcwd__deps: ['$system'],
  __syscall_getcwd: (out, size) =>
    system.number(() => {
      const here = Buffer.from(`${process.cwd()}\0`);
      if (here.length > size) system.fail('ERANGE');
      HEAPU8.set(here, out >>> 0);
      return here.length;
    }),

  __syscall_ioctl__deps: ['$system'],
  __syscall_ioctl: (fd, request, more) =>
    system.number(() => {
      if (!system.tty.isatty(fd)) system.fail('ENOTTY');
      const echo = 0o10; // in c_lflag, the fourth word of struct termios
      const at = HEAPU32[more >>> 2] >>> 2;
      if (request === 0x5401) {
        // TCGETS: the one setting that the tool looks at
        HEAPU32.fill(0, at, at + 15);
        HEAPU32[at + 3] = system.silent ? 0 : echo;
      } else if (request >= 0x5402 && request <= 0x5404) {
        // TCSETS, TCSETSW, TCSETSF
        if (HEAPU32[at + 3] & echo) system.speak();
        else system.silence(fd);
      } else if (request !== 0x5413) {
        // TIOCGWINSZ only asks whether this is a terminal
        system.fail('ENOTTY');
      }
      return 0;
    }),
  __syscall_fcntl64__deps: ['$system'],
  // F_GETFD, F_SETFD, F_GETFL, F_SETFL: Node's descriptors close on exec as it is.
  __syscall_fcntl64: (_fd, command, _more) =>
    command >= 1 && command <= 4 ? 0 : -ERRNO_CODES.ENOSYS,

  // A broken invariant ends the tool as it ends the native one; exit code 1 would be an answer.
  _abort_js__deps: [],
  _abort_js: () => {
    process.kill(process.pid, 'SIGABRT');
    throw new Error('abort');
  },
};

// Whatever else the C library might ask for fails with a sentence: Emscripten's own stand-ins do
// nothing and say that it went well. Node cannot seek; the C library takes that for a pipe.
const absent = [
  ...['dup', 'dup3', 'fadvise64', 'fallocate', 'fchdir', 'fchown32', 'fchownat', 'fdatasync'],
  ...['fstatfs64', 'mknodat', 'pipe', 'poll', 'statfs64', 'utimensat', '_newselect'],
];
for (const name of absent) {
  System[`__syscall_${name}__deps`] = ['$ERRNO_CODES'];
  System[`__syscall_${name}`] = (_a, _b, _c, _d, _e, _f) => -ERRNO_CODES.ENOSYS;
}
for (const name of ['fd_seek', 'fd_pread', 'fd_pwrite']) {
  System[`${name}__deps`] = ['$ERRNO_CODES'];
  System[name] = (_a, _b, _c, _d, _e) => ERRNO_CODES.ESPIPE;
}

addToLibrary(System);
