/** The two ways in which the command line says no. */

/** The command itself is wrong: exit 2, with the usage line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command is understood and cannot be done; the message says what, where, and what to do. Exit 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
