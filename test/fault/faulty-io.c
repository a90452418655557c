/*
 * Preloaded into a process (LD_PRELOAD), it makes chosen file calls fail as a dying disk or a cut network does.
 * FAULTY_IO_RULES names the file of rules; it is read again whenever it changes. FAULTY_IO_LOG, when set, gets a line
 * for each fault: rule number, call, offset, length, path. The grammar of a rule is written in faulty-io.ts.
 *
 * A call that begins before a bad range is cut short there and the next one fails, as the kernel does it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum op { OP_READ, OP_WRITE, OP_SYNC, OP_OPEN, OP_NAME, OPS };
static const char *const OP_NAMES[OPS] = {"read", "write", "fsync", "open", "name"};

enum effect { FAIL, NOTHING, KILL, TORN, FLIP, SHORT };

struct rule {
  char text[640];
  char path[512];
  unsigned ops; /* one bit for each op */
  long long offset, end;
  enum effect effect;
  int error;
  long long most; /* SHORT: bytes of a call */
  long long every, after, times, delay;
  long long seen, fired;
};

#define MAX_RULES 256
static struct rule rules[MAX_RULES], former[MAX_RULES];
static int rule_count;
static struct stat rules_state;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* What a rule decided for one call. */
struct verdict {
  enum effect effect;
  int error;
  size_t length; /* bytes to let through */
  long long flip; /* FLIP: where in them; -1: nowhere */
  long long delay;
};

static const struct { const char *name; int value; } ERRORS[] = {
  {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EFBIG", EFBIG}, {"EROFS", EROFS}, {"EACCES", EACCES},
  {"EPERM", EPERM}, {"EBUSY", EBUSY}, {"EAGAIN", EAGAIN}, {"EINTR", EINTR}, {"EINVAL", EINVAL}, {"ENOENT", ENOENT},
  {"ENODEV", ENODEV}, {"ENXIO", ENXIO}, {"ENOMEDIUM", ENOMEDIUM}, {"EMEDIUMTYPE", EMEDIUMTYPE}, {"ESTALE", ESTALE},
  {"ETIMEDOUT", ETIMEDOUT}, {"EHOSTDOWN", EHOSTDOWN}, {"ENOTCONN", ENOTCONN}, {"EREMOTEIO", EREMOTEIO},
  {"EILSEQ", EILSEQ}, {"ENODATA", ENODATA}, {"EBADMSG", EBADMSG}, {"ENOMEM", ENOMEM}, {"EMFILE", EMFILE},
};

#define REAL(result, name, ...) \
  static result (*real_##name)(__VA_ARGS__); \
  if (!real_##name) real_##name = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static int raw_open(const char *path, int flags, mode_t mode) {
  REAL(int, openat64, int, const char *, int, ...);
  return real_openat64(AT_FDCWD, path, flags, mode);
}

static void fatal(const char *text) {
  fprintf(stderr, "faulty-io: a rule makes no sense: %s\n", text);
  abort();
}

static long long number(const char *word, const char *text, long long any) {
  if (!word) fatal(text);
  if (strcmp(word, "*") == 0) return any;
  char *rest;
  long long value = strtoll(word, &rest, 0);
  if (*rest || value < 0) fatal(text);
  return value;
}

static void parse_effect(struct rule *rule, const char *word) {
  static const struct { const char *name; enum effect effect; } OTHERS[] = {
    {"OK", NOTHING}, {"KILL", KILL}, {"TORN", TORN}, {"FLIP", FLIP}};
  if (!word) fatal(rule->text);
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
    if (strcmp(word, OTHERS[i].name) == 0) {
      rule->effect = OTHERS[i].effect;
      return;
    }
  for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
    if (strcmp(word, ERRORS[i].name) == 0) rule->error = ERRORS[i].value;
  if (!rule->error) fatal(rule->text);
}

static unsigned op_bit(const char *word, const char *text) {
  for (int op = 0; word && op < OPS; op++)
    if (strcmp(word, OP_NAMES[op]) == 0) return 1u << op;
  fatal(text);
  return 0;
}

static void parse_rule(struct rule *rule, const char *line) {
  memset(rule, 0, sizeof *rule);
  snprintf(rule->text, sizeof rule->text, "%s", line);
  rule->end = __LONG_LONG_MAX__;
  rule->times = __LONG_LONG_MAX__;
  char copy[sizeof rule->text], *rest;
  memcpy(copy, rule->text, sizeof copy);
  const char *verb = strtok_r(copy, " ", &rest);
  int is_gone = strcmp(verb, "gone") == 0, is_short = strcmp(verb, "short") == 0;
  if (is_gone) rule->ops = (1u << OPS) - 1;
  else rule->ops = op_bit(is_short ? strtok_r(NULL, " ", &rest) : verb, rule->text);
  const char *path = strtok_r(NULL, " ", &rest);
  if (!path || strlen(path) >= sizeof rule->path) fatal(rule->text);
  strcpy(rule->path, path);
  if (is_short) {
    rule->effect = SHORT;
    rule->most = number(strtok_r(NULL, " ", &rest), rule->text, 1);
  } else {
    if (rule->ops == 1u << OP_READ || rule->ops == 1u << OP_WRITE) {
      rule->offset = number(strtok_r(NULL, " ", &rest), rule->text, 0);
      long long length = number(strtok_r(NULL, " ", &rest), rule->text, -1);
      if (length >= 0) rule->end = rule->offset + length;
    }
    parse_effect(rule, strtok_r(NULL, " ", &rest));
  }
  for (const char *word; (word = strtok_r(NULL, " ", &rest));) {
    long long *to = strcmp(word, "every") == 0 ? &rule->every : strcmp(word, "after") == 0 ? &rule->after
      : strcmp(word, "times") == 0 ? &rule->times : strcmp(word, "delay") == 0 ? &rule->delay : NULL;
    if (!to) fatal(rule->text);
    *to = number(strtok_r(NULL, " ", &rest), rule->text, 0);
  }
}

/* Reads the rules again when their file changed. A rule that stays keeps its counts. */
static void refresh(void) {
  const char *path = getenv("FAULTY_IO_RULES");
  struct stat now;
  if (!path || stat(path, &now) != 0) {
    rule_count = 0;
    memset(&rules_state, 0, sizeof rules_state);
    return;
  }
  if (now.st_ino == rules_state.st_ino && now.st_size == rules_state.st_size &&
      now.st_mtim.tv_sec == rules_state.st_mtim.tv_sec && now.st_mtim.tv_nsec == rules_state.st_mtim.tv_nsec)
    return;
  static char text[MAX_RULES * 256];
  REAL(ssize_t, read, int, void *, size_t);
  int fd = raw_open(path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return;
  size_t length = 0;
  for (ssize_t got; length < sizeof text - 1; length += (size_t)got)
    if ((got = real_read(fd, text + length, sizeof text - 1 - length)) <= 0) break;
  close(fd);
  text[length] = 0;
  rules_state = now;
  int former_count = rule_count;
  memcpy(former, rules, sizeof rules);
  rule_count = 0;
  char *rest;
  for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
    if (line[0] == '#') continue;
    if (rule_count == MAX_RULES) fatal("too many rules");
    struct rule *rule = &rules[rule_count++];
    parse_rule(rule, line);
    for (int i = 0; i < former_count; i++)
      if (strcmp(former[i].text, rule->text) == 0) {
        rule->seen = former[i].seen;
        rule->fired = former[i].fired;
      }
  }
}

static void report(int index, enum op op, long long offset, size_t length, const char *path) {
  const char *log = getenv("FAULTY_IO_LOG");
  if (!log) return;
  int fd = raw_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return;
  char line[1024];
  int size = snprintf(line, sizeof line, "%d %s %lld %zu %.900s\n", index, OP_NAMES[op], offset, length, path);
  REAL(ssize_t, write, int, const void *, size_t);
  if (real_write(fd, line, (size_t)size) < 0) perror("faulty-io: log");
  close(fd);
}

/* The effect of one rule on the call; 1 when it decided the call and later rules are not asked. */
static int apply(struct rule *rule, long long offset, size_t length, struct verdict *verdict) {
  long long from = offset < 0 ? 0 : offset;
  if (length > 0 && (from >= rule->end || from + (long long)length <= rule->offset)) return 0;
  int cuts = rule->effect == FAIL || rule->effect == KILL;
  if (cuts && length > 0 && from < rule->offset) {
    verdict->length = (size_t)(rule->offset - from);
    return 0;
  }
  rule->seen++;
  if (rule->seen <= rule->after || rule->fired >= rule->times) return 0;
  if (rule->every && (rule->seen - rule->after) % rule->every) return 0;
  rule->fired++;
  verdict->delay += rule->delay;
  if (rule->effect == NOTHING) return 0;
  if (rule->effect == SHORT) {
    if ((long long)verdict->length > rule->most) verdict->length = (size_t)rule->most;
    return 0;
  }
  verdict->effect = rule->effect;
  verdict->error = rule->error;
  if (rule->effect == FLIP) verdict->flip = from < rule->offset ? rule->offset - from : 0;
  return 1;
}

static struct verdict judge(enum op op, const char *path, long long offset, size_t length) {
  struct verdict verdict = {NOTHING, 0, length, -1, 0};
  int kept = errno;
  pthread_mutex_lock(&lock);
  refresh();
  for (int i = 0; i < rule_count; i++) {
    struct rule *rule = &rules[i];
    if (!(rule->ops & 1u << op) || !strstr(path, rule->path)) continue;
    long long fired = rule->fired;
    int decided = apply(rule, offset, verdict.length, &verdict);
    if (rule->fired != fired) report(i, op, offset, length, path);
    if (decided) break;
  }
  int kills = verdict.effect == KILL || (verdict.effect == TORN && op == OP_WRITE);
  /* Who is about to die keeps the lock: no other thread begins a call behind the last one, nor meets the rule again. */
  if (!kills) pthread_mutex_unlock(&lock);
  if (verdict.delay) {
    struct timespec time = {verdict.delay / 1000, verdict.delay % 1000 * 1000000};
    nanosleep(&time, NULL);
  }
  if (verdict.effect == KILL) kill(getpid(), SIGKILL);
  errno = kept;
  return verdict;
}

/* An open file is known by the name that the kernel has for it: it follows renames, and dup needs no care. */
static const char *name_of(int fd, char *into, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int kept = errno;
  ssize_t length = readlink(link, into, size - 1);
  errno = kept;
  into[length > 0 ? length : 0] = 0;
  return into;
}

static struct verdict judge_fd(enum op op, int fd, long long offset, size_t length) {
  char name[4096];
  name_of(fd, name, sizeof name);
  if (name[0] != '/') return (struct verdict){NOTHING, 0, length, -1, 0};
  return judge(op, name, offset, length);
}

static long long position(int fd) {
  int kept = errno;
  long long at = lseek(fd, 0, SEEK_CUR);
  errno = kept;
  return at;
}

#define FAILED(verdict) ((verdict).effect == FAIL ? (errno = (verdict).error, 1) : 0)

static ssize_t flipped(ssize_t got, struct verdict verdict, void *buffer) {
  if (verdict.effect == FLIP && verdict.flip >= 0 && verdict.flip < got) ((char *)buffer)[verdict.flip] ^= 1;
  return got;
}

static ssize_t read_some(int fd, void *into, size_t length, off64_t offset, int positional) {
  REAL(ssize_t, read, int, void *, size_t);
  REAL(ssize_t, pread64, int, void *, size_t, off64_t);
  struct verdict verdict = judge_fd(OP_READ, fd, positional ? offset : position(fd), length);
  if (FAILED(verdict)) return -1;
  ssize_t got = positional ? real_pread64(fd, into, verdict.length, offset) : real_read(fd, into, verdict.length);
  return flipped(got, verdict, into);
}

static ssize_t write_some(int fd, const void *from, size_t length, off64_t offset, int positional) {
  REAL(ssize_t, write, int, const void *, size_t);
  REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
  struct verdict verdict = judge_fd(OP_WRITE, fd, positional ? offset : position(fd), length);
  if (FAILED(verdict)) return -1;
  size_t part = verdict.effect == TORN ? verdict.length / 2 : verdict.length;
  void *changed = NULL; /* aligned, for files that are open with O_DIRECT */
  if (verdict.effect == FLIP && verdict.flip < (long long)part && posix_memalign(&changed, 4096, part) == 0) {
    memcpy(changed, from, part);
    ((char *)changed)[verdict.flip] ^= 1;
    from = changed;
  }
  ssize_t done = positional ? real_pwrite64(fd, from, part, offset) : real_write(fd, from, part);
  free(changed);
  if (verdict.effect == TORN) kill(getpid(), SIGKILL);
  return done;
}

/* A vector is done part by part; what stops early is a short call, which every caller must expect. */
static ssize_t vector(int fd, const struct iovec *parts, int count, off64_t offset, int positional, enum op op) {
  ssize_t sum = 0;
  for (int i = 0; i < count; i++) {
    ssize_t done = op == OP_READ ? read_some(fd, parts[i].iov_base, parts[i].iov_len, offset + sum, positional)
                                 : write_some(fd, parts[i].iov_base, parts[i].iov_len, offset + sum, positional);
    if (done < 0) return sum > 0 ? sum : -1;
    sum += done;
    if ((size_t)done < parts[i].iov_len) break;
  }
  return sum;
}

ssize_t read(int fd, void *into, size_t n) { return read_some(fd, into, n, 0, 0); }
ssize_t pread(int fd, void *into, size_t n, off_t at) { return read_some(fd, into, n, at, 1); }
ssize_t pread64(int fd, void *into, size_t n, off64_t at) { return read_some(fd, into, n, at, 1); }
ssize_t __read_chk(int fd, void *into, size_t n, size_t) { return read_some(fd, into, n, 0, 0); }
ssize_t __pread_chk(int fd, void *into, size_t n, off_t at, size_t) { return read_some(fd, into, n, at, 1); }
ssize_t __pread64_chk(int fd, void *into, size_t n, off64_t at, size_t) { return read_some(fd, into, n, at, 1); }
ssize_t readv(int fd, const struct iovec *v, int n) { return vector(fd, v, n, 0, 0, OP_READ); }
ssize_t preadv(int fd, const struct iovec *v, int n, off_t at) { return vector(fd, v, n, at, 1, OP_READ); }
ssize_t preadv64(int fd, const struct iovec *v, int n, off64_t at) { return vector(fd, v, n, at, 1, OP_READ); }
ssize_t write(int fd, const void *from, size_t n) { return write_some(fd, from, n, 0, 0); }
ssize_t pwrite(int fd, const void *from, size_t n, off_t at) { return write_some(fd, from, n, at, 1); }
ssize_t pwrite64(int fd, const void *from, size_t n, off64_t at) { return write_some(fd, from, n, at, 1); }
ssize_t writev(int fd, const struct iovec *v, int n) { return vector(fd, v, n, 0, 0, OP_WRITE); }
ssize_t pwritev(int fd, const struct iovec *v, int n, off_t at) { return vector(fd, v, n, at, 1, OP_WRITE); }
ssize_t pwritev64(int fd, const struct iovec *v, int n, off64_t at) { return vector(fd, v, n, at, 1, OP_WRITE); }

int fsync(int fd) {
  REAL(int, fsync, int);
  struct verdict verdict = judge_fd(OP_SYNC, fd, -1, 0);
  return FAILED(verdict) ? -1 : real_fsync(fd);
}

int fdatasync(int fd) {
  REAL(int, fdatasync, int);
  struct verdict verdict = judge_fd(OP_SYNC, fd, -1, 0);
  return FAILED(verdict) ? -1 : real_fdatasync(fd);
}

/* A relative name is judged as it is given. */
static int open_at(int folder, const char *path, int flags, mode_t mode) {
  REAL(int, openat64, int, const char *, int, ...);
  struct verdict verdict = judge(OP_OPEN, path, -1, 0);
  return FAILED(verdict) ? -1 : real_openat64(folder, path, flags, mode);
}

#define MODE(flags) ({ \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  } \
  mode; })

int open(const char *path, int flags, ...) { return open_at(AT_FDCWD, path, flags, MODE(flags)); }
int open64(const char *path, int flags, ...) { return open_at(AT_FDCWD, path, flags, MODE(flags)); }
int openat(int folder, const char *path, int flags, ...) { return open_at(folder, path, flags, MODE(flags)); }
int openat64(int folder, const char *path, int flags, ...) { return open_at(folder, path, flags, MODE(flags)); }
int __open_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_at(AT_FDCWD, path, flags, 0); }

/* What gives or takes a name is judged by the name that appears or goes. */
int link(const char *from, const char *to) {
  REAL(int, link, const char *, const char *);
  struct verdict verdict = judge(OP_NAME, to, -1, 0);
  return FAILED(verdict) ? -1 : real_link(from, to);
}

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  struct verdict verdict = judge(OP_NAME, to, -1, 0);
  return FAILED(verdict) ? -1 : real_rename(from, to);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  struct verdict verdict = judge(OP_NAME, path, -1, 0);
  return FAILED(verdict) ? -1 : real_unlink(path);
}

static void before_fork(void) { pthread_mutex_lock(&lock); }
static void after_fork(void) { pthread_mutex_unlock(&lock); }
__attribute__((constructor)) static void start(void) { pthread_atfork(before_fork, after_fork, after_fork); }
