/* library.c -- when libcrypto and libssl are opened.
**
** The loader needs 4 million instructions and over a hundred pages for the two, and most
** programs that import ssl (asyncio does) never ask them anything. What the module says of them
** when it is imported, their version, is known if their files are those that the program was built
** with: then they are opened by the first call that needs them (perf-note 0067). Else at once. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include <stdlib.h>
#include <sys/stat.h>

#include "ssl_built.h" /* printed at configuration, or empty (CMakeLists.txt) */
#include "vm/base/lazy/lazy.h"
#include "vm/contracts/type.h"
#include "vm/modules/ssl/ssl.h"

#ifdef BUILT_SSL_TIME
static bool is_as_built(const char *path, long long size, long long mtime) {
  struct stat status;
  return !stat(path, &status) && status.st_size == size && status.st_mtim.tv_sec == mtime;
}

bool ssl_library_is_known(void) {
  if (getenv("LD_LIBRARY_PATH") || getenv("LD_PRELOAD")) return false; /* others may be opened */
  return is_as_built(BUILT_CRYPTO_FILE, BUILT_CRYPTO_SIZE, BUILT_CRYPTO_TIME) &&
         is_as_built(BUILT_SSL_FILE, BUILT_SSL_SIZE, BUILT_SSL_TIME);
}
#else
#define BUILT_NUMBER 0
#define BUILT_VERSION ""
#define BUILT_CIPHERS ""
bool ssl_library_is_known(void) { return false; }
#endif

bool ssl_library_is_open(void) { return !lazy_ssl.file || lazy_ssl.is_open; }

SslVersion ssl_library_version(void) {
  if (!ssl_library_is_open()) return (SslVersion){BUILT_NUMBER, BUILT_VERSION, BUILT_CIPHERS};
  return (SslVersion){OpenSSL_version_num(), OpenSSL_version(OPENSSL_VERSION),
                      OSSL_default_cipher_list()};
}

bool ssl_library_open_for(VM *vm, Module *module) {
  static bool is_ready;
  if (LIKELY(is_ready)) return true;
  if (!module_open_library(vm, module, &lazy_crypto) || !module_open_library(vm, module, &lazy_ssl))
    return false;
  /* They start themselves when something is asked (OPENSSL_init_ssl(3)). */
  if (!channel_init()) return raise_memory(vm), false;
  return is_ready = true;
}
#endif
