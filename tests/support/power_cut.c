/* Preloaded into the program (LD_PRELOAD), writes down every change of a file below CUT_FOLDER, in
   order, into a file of its own in CUT_LOG. From that a test rebuilds what a disk would hold if the
   power went at any moment: see tests/stories/power_cut/disk.rs, which also has the format.

   A change is made and written down under one lock for all threads and processes, so that the order
   in the records is the order on disk. Calls go to the kernel directly. What can't be followed
   (writing through a mapping, links) is written down as such and fails the test. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum kind { WRITE = 1, SIZE, SYNC, CREATE, RENAME, UNLINK, MAKE, REMOVE, SYNC_FOLDER, SYNC_ALL, UNSEEN };

struct record {
    uint32_t magic, kind;
    uint64_t at, ino, number;
    uint32_t first, second; /* bytes that follow */
};

#define MAGIC 0x0c07c075u
#define SEEN 8192

static char folder[PATH_MAX], records[PATH_MAX];
static size_t folder_length;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int record_fd = -1, lock_fd = -1;
static pid_t owner;
static uint64_t seen[SEEN]; /* inodes of files that were opened below the folder */

__attribute__((constructor)) static void begin(void) {
    const char *where = getenv("CUT_FOLDER"), *log = getenv("CUT_LOG");
    if (!where || !log || !realpath(where, folder)) return;
    folder_length = strlen(folder);
    snprintf(records, sizeof records, "%s", log);
}

static int raw_open(const char *path, int flags) {
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600);
}

static void take(void) {
    pthread_mutex_lock(&mutex);
    if (owner != getpid()) {
        char path[PATH_MAX + 32];
        owner = getpid();
        snprintf(path, sizeof path, "%s/records.%d", records, (int)owner);
        record_fd = raw_open(path, O_WRONLY | O_CREAT | O_APPEND);
        snprintf(path, sizeof path, "%s/lock", records);
        lock_fd = raw_open(path, O_RDWR | O_CREAT);
        if (record_fd < 0 || lock_fd < 0) {
            static const char why[] = "power_cut.c: the records can't be kept\n";
            syscall(SYS_write, 2, why, sizeof why - 1);
            _exit(99);
        }
    }
    while (syscall(SYS_flock, lock_fd, LOCK_EX) < 0 && errno == EINTR) {}
}

static void give(void) {
    int before = errno;
    syscall(SYS_flock, lock_fd, LOCK_UN);
    pthread_mutex_unlock(&mutex);
    errno = before;
}

static void record(enum kind kind, uint64_t ino, uint64_t number, const void *first, size_t first_length,
                   const void *second, size_t second_length) {
    struct timespec now;
    int before = errno;
    clock_gettime(CLOCK_REALTIME, &now);
    struct record head = {MAGIC, kind, (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec, ino, number,
                          (uint32_t)first_length, (uint32_t)second_length};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)first, first_length}, {(void *)second, second_length}};
    ssize_t all = (ssize_t)(sizeof head + first_length + second_length);
    if (syscall(SYS_writev, record_fd, parts, 3) != all) _exit(99);
    errno = before;
}

static void record_path(enum kind kind, uint64_t ino, const char *path) {
    record(kind, ino, 0, path, strlen(path), NULL, 0);
}

/* Whether an absolute path lies below the folder. The shared memory beside a database is lost in a
   cut and made anew, so nothing is kept of it. */
static int below(const char *path) {
    size_t length = strlen(path);
    if (!folder_length || strncmp(path, folder, folder_length) || path[folder_length] != '/') return 0;
    return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

/* The absolute path of a name: its folder resolved, its last part as it is. */
static int absolute(int at, const char *path, char *out) {
    char whole[PATH_MAX], parent[PATH_MAX];
    int before = errno;
    if (path[0] == '/') {
        snprintf(whole, sizeof whole, "%s", path);
    } else if (at == AT_FDCWD) {
        if (!getcwd(parent, sizeof parent)) return 0;
        if ((size_t)snprintf(whole, sizeof whole, "%s/%s", parent, path) >= sizeof whole) return 0;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t n = readlink(link, parent, sizeof parent - 1);
        if (n < 0) return 0;
        parent[n] = 0;
        if ((size_t)snprintf(whole, sizeof whole, "%s/%s", parent, path) >= sizeof whole) return 0;
    }
    size_t end = strlen(whole);
    while (end > 1 && whole[end - 1] == '/') whole[--end] = 0;
    char *slash = strrchr(whole, '/');
    if (!slash) return 0;
    *slash = 0;
    int resolved = realpath(*whole ? whole : "/", parent) != NULL;
    errno = before;
    return resolved && (size_t)snprintf(out, PATH_MAX, "%s/%s", strcmp(parent, "/") ? parent : "", slash + 1) < PATH_MAX;
}

static void note_seen(uint64_t ino, int is_below) {
    for (size_t step = 0, at = ino % SEEN; step < SEEN; step++, at = (at + 1) % SEEN) {
        if (seen[at] == ino || (seen[at] == 0 && is_below)) {
            seen[at] = is_below ? ino : UINT64_MAX;
            return;
        }
        if (seen[at] == 0) return;
    }
}

static int is_seen(uint64_t ino) {
    for (size_t step = 0, at = ino % SEEN; step < SEEN && seen[at]; step++, at = (at + 1) % SEEN)
        if (seen[at] == ino) return 1;
    return 0;
}

/* The inode of a file that is followed, or 0. */
static uint64_t followed(int fd) {
    struct stat about;
    int before = errno;
    int regular = folder_length && fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
    errno = before;
    return regular && is_seen(about.st_ino) ? about.st_ino : 0;
}

static int open_any(int at, const char *path, int flags, mode_t mode) {
    char name[PATH_MAX];
    if (!folder_length || !absolute(at, path, name)) return (int)syscall(SYS_openat, at, path, flags, mode);
    if (!below(name)) {
        int fd = (int)syscall(SYS_openat, at, path, flags, mode);
        struct stat about;
        int before = errno;
        if (fd >= 0 && fstat(fd, &about) == 0 && is_seen(about.st_ino)) {
            take();
            note_seen(about.st_ino, 0);
            give();
        }
        errno = before;
        return fd;
    }
    take();
    struct stat about;
    int before = errno;
    int existed = fstatat(AT_FDCWD, name, &about, 0) == 0;
    errno = before;
    int fd = (int)syscall(SYS_openat, at, path, flags, mode);
    if (fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
        note_seen(about.st_ino, 1);
        if (!existed) record_path(CREATE, about.st_ino, name);
        else if (flags & O_TRUNC) record(SIZE, about.st_ino, 0, NULL, 0, NULL, 0);
    }
    give();
    return fd;
}

#define WITH_MODE                              \
    mode_t mode = 0;                           \
    if (flags & (O_CREAT | O_TMPFILE)) {       \
        va_list more;                          \
        va_start(more, flags);                 \
        mode = (mode_t)va_arg(more, int);      \
        va_end(more);                          \
    }

int open(const char *path, int flags, ...) { WITH_MODE return open_any(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { WITH_MODE return open_any(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { WITH_MODE return open_any(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { WITH_MODE return open_any(at, path, flags, mode); }
int creat(const char *path, mode_t mode) { return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

/* Writes at an offset, or where the file stands (offset below 0). */
static ssize_t write_any(int fd, const struct iovec *parts, int count, off_t offset, int number_of_call) {
    uint64_t ino = followed(fd);
    ssize_t n;
    if (ino) take();
    if (number_of_call == SYS_write) n = syscall(SYS_write, fd, parts->iov_base, parts->iov_len);
    else if (number_of_call == SYS_pwrite64) n = syscall(SYS_pwrite64, fd, parts->iov_base, parts->iov_len, offset);
    else if (number_of_call == SYS_writev) n = syscall(SYS_writev, fd, parts, count);
    else n = syscall(SYS_pwritev, fd, parts, count, offset, 0);
    if (!ino) return n;
    if (n > 0) {
        uint64_t at = (uint64_t)(offset >= 0 ? offset : lseek(fd, 0, SEEK_CUR) - n);
        size_t left = (size_t)n;
        for (int part = 0; part < count && left; part++) {
            size_t length = parts[part].iov_len < left ? parts[part].iov_len : left;
            record(WRITE, ino, at, parts[part].iov_base, length, NULL, 0);
            at += length;
            left -= length;
        }
    }
    give();
    return n;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    struct iovec part = {(void *)bytes, length};
    return write_any(fd, &part, 1, -1, SYS_write);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    struct iovec part = {(void *)bytes, length};
    return write_any(fd, &part, 1, offset, SYS_pwrite64);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) { return pwrite(fd, bytes, length, offset); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return write_any(fd, parts, count, -1, SYS_writev); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    return write_any(fd, parts, count, offset, SYS_pwritev);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t offset) { return pwritev(fd, parts, count, offset); }
ssize_t pwritev2(int fd, const struct iovec *parts, int count, off_t offset, int flags) {
    (void)flags;
    return offset == -1 ? writev(fd, parts, count) : pwritev(fd, parts, count, offset);
}

int ftruncate(int fd, off_t length) {
    uint64_t ino = followed(fd);
    if (ino) take();
    int done = (int)syscall(SYS_ftruncate, fd, length);
    if (ino) {
        if (done == 0) record(SIZE, ino, (uint64_t)length, NULL, 0, NULL, 0);
        give();
    }
    return done;
}
int ftruncate64(int fd, off_t length) { return ftruncate(fd, length); }

static int sync_any(int fd, int number_of_call) {
    struct stat about;
    char link[64], path[PATH_MAX];
    uint64_t ino = followed(fd);
    int is_folder = folder_length && !ino && fstat(fd, &about) == 0 && S_ISDIR(about.st_mode);
    if (is_folder) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t n = readlink(link, path, sizeof path - 1);
        path[n < 0 ? 0 : n] = 0;
        is_folder = !strcmp(path, folder) || below(path);
    }
    if (!ino && !is_folder) return (int)syscall(number_of_call, fd);
    take();
    int done = (int)syscall(number_of_call, fd);
    if (done == 0 && ino) record(SYNC, ino, 0, NULL, 0, NULL, 0);
    if (done == 0 && is_folder) record_path(SYNC_FOLDER, 0, path);
    give();
    return done;
}
int fsync(int fd) { return sync_any(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_any(fd, SYS_fdatasync); }
/* Starts the way to the disk and does not wait for its cache: it makes nothing durable. */
int sync_file_range(int fd, off64_t offset, off64_t length, unsigned flags) {
    return (int)syscall(SYS_sync_file_range, fd, offset, length, flags);
}
int syncfs(int fd) {
    if (!folder_length) return (int)syscall(SYS_syncfs, fd);
    take();
    int done = (int)syscall(SYS_syncfs, fd);
    if (done == 0) record(SYNC_ALL, 0, 0, NULL, 0, NULL, 0);
    give();
    return done;
}
void sync(void) {
    if (!folder_length) {
        syscall(SYS_sync);
        return;
    }
    take();
    syscall(SYS_sync);
    record(SYNC_ALL, 0, 0, NULL, 0, NULL, 0);
    give();
}

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    char old[PATH_MAX], new[PATH_MAX];
    struct stat about;
    int watched = folder_length && absolute(from_at, from, old) && absolute(to_at, to, new) && (below(old) || below(new));
    if (!watched) return (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    take();
    int known = fstatat(AT_FDCWD, old, &about, AT_SYMLINK_NOFOLLOW) == 0;
    int done = (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    if (done == 0 && (!known || S_ISDIR(about.st_mode) || !below(old) || !below(new) || (flags & ~1u)))
        record_path(UNSEEN, 0, new);
    else if (done == 0)
        record(RENAME, about.st_ino, 0, old, strlen(old), new, strlen(new));
    give();
    return done;
}
int renameat(int from_at, const char *from, int to_at, const char *to) { return renameat2(from_at, from, to_at, to, 0); }
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int at, const char *path, int flags) {
    char name[PATH_MAX];
    if (!folder_length || !absolute(at, path, name) || !below(name)) return (int)syscall(SYS_unlinkat, at, path, flags);
    take();
    int done = (int)syscall(SYS_unlinkat, at, path, flags);
    if (done == 0) record_path(flags & AT_REMOVEDIR ? REMOVE : UNLINK, 0, name);
    give();
    return done;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int at, const char *path, mode_t mode) {
    char name[PATH_MAX];
    if (!folder_length || !absolute(at, path, name) || !below(name)) return (int)syscall(SYS_mkdirat, at, path, mode);
    take();
    int done = (int)syscall(SYS_mkdirat, at, path, mode);
    if (done == 0) record_path(MAKE, 0, name);
    give();
    return done;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* What is not followed: nobody uses it here, and if somebody begins to, the test says so. */
static void unseen(int at, const char *path) {
    char name[PATH_MAX];
    if (!folder_length || !absolute(at, path, name) || !below(name)) return;
    take();
    record_path(UNSEEN, 0, name);
    give();
}
int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    unseen(to_at, to);
    return (int)syscall(SYS_linkat, from_at, from, to_at, to, flags);
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
int symlinkat(const char *to, int at, const char *path) {
    unseen(at, path);
    return (int)syscall(SYS_symlinkat, to, at, path);
}
int symlink(const char *to, const char *path) { return symlinkat(to, AT_FDCWD, path); }
int truncate(const char *path, off_t length) {
    unseen(AT_FDCWD, path);
    return (int)syscall(SYS_truncate, path, length);
}
int truncate64(const char *path, off_t length) { return truncate(path, length); }

static void unseen_fd(int fd, const char *what) {
    uint64_t ino = followed(fd);
    if (!ino) return;
    take();
    record_path(UNSEEN, ino, what);
    give();
}
int fallocate(int fd, int mode, off_t offset, off_t length) {
    unseen_fd(fd, "fallocate");
    return (int)syscall(SYS_fallocate, fd, mode, offset, length);
}
int fallocate64(int fd, int mode, off_t offset, off_t length) { return fallocate(fd, mode, offset, length); }
int posix_fallocate(int fd, off_t offset, off_t length) { return fallocate(fd, 0, offset, length) ? errno : 0; }
int posix_fallocate64(int fd, off_t offset, off_t length) { return posix_fallocate(fd, offset, length); }

void *mmap(void *at, size_t length, int rights, int flags, int fd, off_t offset) {
    if (fd >= 0 && (flags & MAP_SHARED) && (rights & PROT_WRITE)) unseen_fd(fd, "mmap");
    return (void *)syscall(SYS_mmap, at, length, rights, flags, fd, offset);
}
void *mmap64(void *at, size_t length, int rights, int flags, int fd, off_t offset) {
    return mmap(at, length, rights, flags, fd, offset);
}

/* Copies inside the kernel: refused for files that are followed, so that the caller reads and writes. */
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags) {
    if (followed(to)) {
        errno = ENOSYS;
        return -1;
    }
    return syscall(SYS_copy_file_range, from, from_at, to, to_at, length, flags);
}
ssize_t sendfile(int to, int from, off_t *offset, size_t length) {
    if (followed(to)) {
        errno = EINVAL;
        return -1;
    }
    return syscall(SYS_sendfile, to, from, offset, length);
}
ssize_t sendfile64(int to, int from, off_t *offset, size_t length) { return sendfile(to, from, offset, length); }
ssize_t splice(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags) {
    if (followed(to)) {
        errno = EINVAL;
        return -1;
    }
    return syscall(SYS_splice, from, from_at, to, to_at, length, flags);
}
