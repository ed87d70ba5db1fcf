/* file.h -- the recording's file: segments that are mapped as they are needed, and the log in them.
**
** Law: the log is touched by whoever holds its lock, which a signal handler only tries to take.
** What is reserved counts when it is committed. Nothing here asks for memory or takes another lock,
** so a handler may call all of it but log_begin, log_follow and log_end. When the file cannot grow
** the log is over: one line on standard error, and the program goes on. */
#ifndef KRAIT_PROFILE_FILE_H
#define KRAIT_PROFILE_FILE_H

#include "vm/profile/format.h"

#include <sys/types.h>

/* ---- the life of the file; errno says why not */
/* log_create: an empty file, which others that map one of that name do not notice. -1: refused. */
MUST_USE int log_create(const char *path);
/* log_begin: header, first segment and totals. Takes the descriptor over. */
MUST_USE bool log_begin(int file, const RecordingHeader *header);
/* log_restart: the header tells of this process and moment instead. */
void log_restart(pid_t pid, uint64_t began);
/* log_follow: the same in the child of a fork: the new file begins with what the old one has named
** (STRING, FILE, CODE, STACK). The lock is held, as it was before the fork. */
MUST_USE bool log_follow(int file, const RecordingHeader *header);
/* log_abandon: nothing is written any more; what there is stays. */
void log_abandon(void);
/* log_end: what is there is all: sealed, and the file as long as it. Cost: that of a checksum. */
void log_end(void);
bool log_is_open(void);

/* ---- the lock */
void log_lock(void);              /* waits; not in a handler */
MUST_USE bool log_try_lock(void); /* false: somebody else goes on having it for a while */
void log_unlock(void);
void log_reset_lock(void); /* in the child of a fork */

/* ---- records; all need the lock */
/* log_reserve: room for a record's payload, zero; NULL: the log is over. */
MUST_USE void *log_reserve(RecordType type, uint16_t flags, uint32_t size);
void log_commit(void); /* what is reserved */
/* log_counters: so many, zero, where they stay: code adds to them. *offset: of the first one in the
** file. NULL: no room. */
uint64_t *log_counters(uint32_t count, uint64_t *offset);
uint64_t log_counter_offset(const uint64_t *counter); /* 0: it is none */
/* log_segment: a number of the segment in use: what lies in another one is not to be touched. */
uint32_t log_segment(void);
/* log_seal: checksums of the full segments; the first one, with the totals, has to wait for the
** end. */
void log_seal(void);
bool log_can_seal(void);        /* it has something to do; asked without the lock, too */
RecordTotals *log_totals(void); /* NULL: no log */

#endif
