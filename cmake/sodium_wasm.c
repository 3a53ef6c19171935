/* What libsodium's core.c gives natively, without its randombytes and its choice between CPU
   variants: the portable variants are each primitive's initial choice already. */
#include <stdlib.h>

#include <sodium/core.h>

int sodium_init(void) { return 0; }

void sodium_misuse(void) { abort(); }

int sodium_set_misuse_handler(void (*handler)(void)) {
  (void)handler;
  return -1; /* abort() is the only handler here */
}
