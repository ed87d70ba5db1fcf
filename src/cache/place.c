/* place.c -- where the cache lives: $KRAIT_CACHE_DIR, $XDG_CACHE_HOME/krait, ~/.cache/krait.
**
** The folder must be a real folder (no symlink) that belongs to the effective user and that nobody
** else may write. It is open only while something is looked for or written: programs find the
** lowest descriptors free, and close what they did not open. */
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

static int open_folder(const char *path) {
  int file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat status;
  if (file < 0) return -1;
  if (!fstat(file, &status) && status.st_uid == geteuid() && !(status.st_mode & 022)) return file;
  close(file);
  errno = EPERM;
  return -1;
}

/* absolute: the same folder wherever the program goes; NULL: it is nowhere. */
static char *absolute(char *path) {
  char here[4096];
  if (!path || *path == '/') return path;
  char *front = getcwd(here, sizeof here - 1) ? join_path(strcat(here, "/"), path) : NULL;
  free(path);
  return front;
}

bool cache_open(Cache *cache) {
  if (cache->folder >= 0) return true;
  if (!cache->tried) {
    cache->tried = true;
    cache->path = absolute(choose_folder(cache));
    if (!cache->path) return false;
    cache->folder = open_folder(cache->path);
    if (cache->folder < 0 && errno == ENOENT && cache->may_write) {
      make_folders(cache->path);
      cache->folder = open_folder(cache->path);
    }
    cache->is_there = cache->folder >= 0;
  } else if (cache->is_there) cache->folder = open_folder(cache->path);
  return cache->folder >= 0;
}

void cache_rest(Cache *cache) {
  if (cache->folder >= 0) close(cache->folder);
  cache->folder = -1;
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

bool cache_is_there(Cache *cache) { return cache->tried ? cache->is_there : cache_open(cache); }

/* By its whole path: the folder was found to be ours when it was first asked. Whoever could put
** another in its place cannot make files of ours. */
int cache_open_own(Cache *cache, const char *name, struct stat *status) {
  char path[4096];
  if ((size_t)snprintf(path, sizeof path, "%s/%s", cache->path, name) >= sizeof path) return -1;
  int file = cache_open_file(AT_FDCWD, path, status);
  if (file < 0) return -1;
  bool is_own = status->st_uid == geteuid() || status->st_uid == 0;
  if (is_own && !(status->st_mode & 022)) return file;
  close(file);
  return -1;
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
