/* place.c -- where the cache lives: $KRAIT_CACHE_DIR, $XDG_CACHE_HOME/krait, ~/.cache/krait.
**
** The folder must be a real folder (no symlink) that belongs to the effective user and that nobody
** else may write. */
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "vm/base/memory.h"
#include "src/cache/entry.h"

static char *join_path(const char *a, const char *b) {
  char *out = memory_take(strlen(a) + strlen(b) + 1);
  if (out) strcat(strcpy(out, a), b);
  return out;
}

const char *cache_variable(const Cache *cache, const char *name) {
  const char *text = cache->ignore_environment ? NULL : getenv(name);
  return text && *text ? text : NULL;
}

static char *choose_folder(const Cache *cache) {
  const char *folder = cache_variable(cache, "KRAIT_CACHE_DIR");
  if (folder) return memory_copy_text(folder);
  folder = getenv("XDG_CACHE_HOME");
  if (folder && *folder == '/') return join_path(folder, "/krait");
  folder = getenv("HOME");
  if (!folder || !*folder) {
    struct passwd *user = getpwuid(geteuid());
    folder = user ? user->pw_dir : NULL;
  }
  return folder && *folder ? join_path(folder, "/.cache/krait") : NULL;
}

/* Makes the folder and its parents; only called when it is to be written. */
static void make_folders(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(path, 0700);
    *slash = '/';
  }
  mkdir(path, 0700);
}

/* out_of_the_way: the descriptor under a number that programs do not count on: a script finds 0 to
** 2 as it was given them, and its first file under 3. The number stays low where nothing above is
** allowed (RLIMIT_NOFILE). */
static int out_of_the_way(int file) {
  enum { HIGH = 200 };
  int high = fcntl(file, F_DUPFD_CLOEXEC, HIGH);
  if (high < 0) return file;
  close(file);
  return high;
}

static int open_folder(const char *path) {
  int file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat status;
  if (file < 0) return -1;
  if (!fstat(file, &status) && status.st_uid == geteuid() && !(status.st_mode & 022))
    return out_of_the_way(file);
  close(file);
  errno = EPERM;
  return -1;
}

bool cache_open(Cache *cache) {
  if (cache->tried) return cache->folder >= 0;
  cache->tried = true;
  char *path = choose_folder(cache);
  if (!path) return false;
  cache->folder = open_folder(path);
  if (cache->folder < 0 && errno == ENOENT && cache->may_write) {
    make_folders(path);
    cache->folder = open_folder(path);
  }
  cache->path = path;
  return cache->folder >= 0;
}

/* Whatever lies in an entry's place: opening a pipe, a terminal or a tape must neither wait nor do
** anything. */
int cache_open_file(int folder, const char *name, struct stat *status) {
  int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (file < 0) return -1;
  if (!fstat(file, status) && S_ISREG(status->st_mode)) return file;
  close(file);
  return -1;
}

int cache_open_entry(Cache *cache, const char *name) {
  struct stat status;
  return cache_open_file(cache->folder, name, &status);
}

void cache_init(Cache *cache, CacheSettings settings) {
  *cache = (Cache){.mode = CACHE_CHECKED,
                   .may_write = settings.may_write,
                   .ignore_environment = settings.ignore_environment,
                   .folder = -1,
                   .outcome = "off"};
  const char *mode = cache_variable(cache, "KRAIT_CACHE");
  if (settings.off || (mode && !strcmp(mode, "off"))) cache->mode = CACHE_OFF;
  else if (mode && !strcmp(mode, "hash")) cache->mode = CACHE_HASH;
  else if (mode && !strcmp(mode, "unchecked")) cache->mode = CACHE_UNCHECKED;
}
