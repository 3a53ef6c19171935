// What the system says about an error, in the GNU C library's words, which the native tool prints:
// Emscripten's C library has its own for some of them.
#include <cerrno>
#include <clocale>
#include <cstdio>

namespace {

const char* words(int error) {
  switch (error) {
    case 0: return "Success";
    case EPERM: return "Operation not permitted";
    case ENOENT: return "No such file or directory";
    case EINTR: return "Interrupted system call";
    case EIO: return "Input/output error";
    case ENXIO: return "No such device or address";
    case EBADF: return "Bad file descriptor";
    case EAGAIN: return "Resource temporarily unavailable";
    case ENOMEM: return "Cannot allocate memory";
    case EACCES: return "Permission denied";
    case EBUSY: return "Device or resource busy";
    case EEXIST: return "File exists";
    case EXDEV: return "Invalid cross-device link";
    case ENODEV: return "No such device";
    case ENOTDIR: return "Not a directory";
    case EISDIR: return "Is a directory";
    case EINVAL: return "Invalid argument";
    case ENFILE: return "Too many open files in system";
    case EMFILE: return "Too many open files";
    case ENOTTY: return "Inappropriate ioctl for device";
    case ETXTBSY: return "Text file busy";
    case EFBIG: return "File too large";
    case ENOSPC: return "No space left on device";
    case ESPIPE: return "Illegal seek";
    case EROFS: return "Read-only file system";
    case EMLINK: return "Too many links";
    case EPIPE: return "Broken pipe";
    case ERANGE: return "Numerical result out of range";
    case ENAMETOOLONG: return "File name too long";
    case ENOSYS: return "Function not implemented";
    case ENOTEMPTY: return "Directory not empty";
    case ELOOP: return "Too many levels of symbolic links";
    case EOVERFLOW: return "Value too large for defined data type";
    case ENOTSUP: return "Operation not supported";
    case ETIMEDOUT: return "Connection timed out";
    case ESTALE: return "Stale file handle";
    case EDQUOT: return "Disk quota exceeded";
    default: return nullptr;
  }
}

}  // namespace

// The C library keeps the three in one object: who replaces one replaces all.
extern "C" {
char* strerror(int error) {
  if (const char* known = words(error)) return const_cast<char*>(known);
  static char other[32];
  std::snprintf(other, sizeof other, "Unknown error %d", error);
  return other;
}
char* strerror_l(int error, locale_t) { return strerror(error); }
char* __strerror_l(int error, locale_t) { return strerror(error); }
}
