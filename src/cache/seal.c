/* seal.c -- the folder's key, and what it says of an entry: a program of this user compiled it.
**
** The verifier costs a seventh of a warm start, and of code that was compiled here it has nothing
** to say. A checksum tells damage, but anybody can write one; a seal is a checksum that counts in a
** secret of the folder. Who can read the key runs programs as this user, and can change the
** programs themselves. An entry without a seal is compiled anew (perf-note 0067).
**
** Law: only images that this program compiled, or that had a seal, get one.
*/
#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "src/cache/entry.h"

static_assert(CACHE_KEY_SIZE >= XXH3_SECRET_SIZE_MIN, "a whole secret");

static const char key_name[] = "key";

static bool read_key(Cache *cache) {
  struct stat status;
  int file = cache_open_own(cache, key_name, &status);
  if (file < 0) return false;
  bool fine = !(status.st_mode & 077) && status.st_size == CACHE_KEY_SIZE &&
              pread(file, cache->key, CACHE_KEY_SIZE, 0) == CACHE_KEY_SIZE;
  close(file);
  return fine;
}

/* Another program may do the same at the same time: the first key stays, but in the place of
** something that is none. */
static bool make_key(Cache *cache) {
  char temporary[32];
  uint8_t key[CACHE_KEY_SIZE];
  if (!file_size_allowed(sizeof key) ||
      getrandom(key, sizeof key, GRND_NONBLOCK) != (ssize_t)sizeof key)
    return false;
  snprintf(temporary, sizeof temporary, "tmp-%ld-key", (long)getpid());
  int file =
      openat(cache->folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool fine = file_write_all(file, key, sizeof key);
  fine = !close(file) && fine;
  if (fine && linkat(cache->folder, temporary, cache->folder, key_name, 0) && !read_key(cache))
    renameat(cache->folder, temporary, cache->folder, key_name);
  unlinkat(cache->folder, temporary, 0);
  return fine && read_key(cache);
}

uint64_t cache_seal(Cache *cache, const void *bytes, size_t size, bool may_make) {
  if (!cache->key_tried) {
    cache->key_tried = true;
    cache->has_key = read_key(cache);
  }
  if (!cache->has_key && may_make) cache->has_key = make_key(cache);
  if (!cache->has_key) return 0;
  uint64_t seal = XXH3_64bits_withSecret(bytes, size, cache->key, CACHE_KEY_SIZE);
  return seal ? seal : 1;
}
