// The one error class of the module.

/**
 * Every failure this module reports: `code` is one of the core's, or `core-unavailable`,
 * `policy-unavailable`.
 */
export class AvowError extends Error {
  declare readonly code: string; // declared, so that only the constructor makes them
  declare readonly where: string;
  /** By name: each of the module's files brings the class along. */
  static [Symbol.hasInstance](error: unknown): error is AvowError {
    return (error as Partial<AvowError> | null)?.name === 'AvowError';
  }
  constructor(code: string, message: string, where = '') {
    super(message);
    this.name = 'AvowError';
    this.code = code;
    this.where = where;
  }
}
