/*
 * What a disk and a clock may do to a process: preloaded into the server, steered by the proof through a shared page.
 *
 * Only files below PROOF_FOLDER are touched. The page at PROOF_ORDERS is `struct orders`; proofs/shim/__init__.py
 * writes the same layout. An order that is spent sets its field back to zero, so the proof sees that it took effect.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct orders {
  int64_t fail_flushes;  /* so many flushes answer EIO */
  int64_t disk_full;     /* while set, no file takes a byte more */
  int64_t tear;          /* the next write stops after so many thousandths of it, and the process is gone */
  int64_t clock_seconds; /* added to the wall clock */
};

static struct orders *orders;
static const char *folder;
static size_t folder_length;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("PROOF_ORDERS");
  folder = getenv("PROOF_FOLDER");
  if (path == NULL || folder == NULL) return;
  folder_length = strlen(folder);
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *page = mmap(NULL, sizeof(struct orders), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (page != MAP_FAILED) orders = page;
}

static int64_t ordered(const int64_t *field) { return orders ? __atomic_load_n(field, __ATOMIC_RELAXED) : 0; }

static int is_ours(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  return length > (ssize_t)folder_length && strncmp(path, folder, folder_length) == 0 && path[folder_length] == '/';
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Whether this flush is to fail: each order is spent once, whoever comes first. */
static int flush_fails(int file) {
  if (ordered(&orders->fail_flushes) <= 0 || !is_ours(file)) return 0;
  if (__atomic_fetch_sub(&orders->fail_flushes, 1, __ATOMIC_SEQ_CST) <= 0) return 0;
  errno = EIO;
  return 1;
}

int fsync(int file) { return orders && flush_fails(file) ? -1 : REAL(fsync)(file); }

int fdatasync(int file) { return orders && flush_fails(file) ? -1 : REAL(fdatasync)(file); }

static int is_full(int file) {
  if (!ordered(&orders->disk_full) || !is_ours(file)) return 0;
  errno = ENOSPC;
  return 1;
}

/* How much of a torn write arrives, or -1: this write is whole. */
static ssize_t torn(int file, size_t count) {
  int64_t part = ordered(&orders->tear);
  if (part <= 0 || count < 512 || !is_ours(file)) return -1;
  __atomic_store_n(&orders->tear, 0, __ATOMIC_SEQ_CST);
  return (ssize_t)(count * (size_t)part / 1000);
}

static void die(void) { kill(getpid(), SIGKILL); }

ssize_t write(int file, const void *bytes, size_t count) {
  if (orders) {
    if (is_full(file)) return -1;
    ssize_t part = torn(file, count);
    if (part >= 0) {
      REAL(write)(file, bytes, (size_t)part);
      die();
    }
  }
  return REAL(write)(file, bytes, count);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
  if (orders) {
    if (is_full(file)) return -1;
    ssize_t part = torn(file, count);
    if (part >= 0) {
      REAL(pwrite64)(file, bytes, (size_t)part, place);
      die();
    }
  }
  return REAL(pwrite64)(file, bytes, count, place);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) { return pwrite64(file, bytes, count, place); }

int clock_gettime(clockid_t clock, struct timespec *now) {
  int answer = REAL(clock_gettime)(clock, now);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += ordered(&orders->clock_seconds);
  return answer;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int answer = REAL(gettimeofday)(now, zone);
  now->tv_sec += ordered(&orders->clock_seconds);
  return answer;
}

time_t time(time_t *place) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (place) *place = now.tv_sec;
  return now.tv_sec;
}
