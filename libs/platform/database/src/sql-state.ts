import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

const UNIQUE_VIOLATION = '23505';
const CONFLICTS = ['40001', '40P01']; // serialization failure, deadlock
/** Connection exceptions, the server's operators (not the cancelled statement, 57014), idle for too long in a transaction. */
const CONNECTION_STATES = /^08|^57P|^25P03$/;
const SOCKET_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];
const CONNECTION_MESSAGES =
  /^Connection terminated|^timeout exceeded when trying to connect$|^Query read timeout$|not queryable$/;

/** The name of a unique constraint is part of what a store knows: by it a violation becomes a refusal. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const failure = driverErrorOf(error);
  return failure?.code === UNIQUE_VIOLATION && failure.constraint === constraint;
}

/** Whether the transaction lost against another one. It was undone, and may well succeed when it is run again. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.includes(driverErrorOf(error)?.code ?? '');
}

/** Whether the connection broke, or there was none. If that was during COMMIT, the transaction may have been kept. */
export function isConnectionLost(error: unknown): boolean {
  // TypeORM lets go of a broken connection by itself; the next statement is told only that it has.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const { code = '', message = '' } = driverErrorOf(error) ?? {};
  return CONNECTION_STATES.test(code) || SOCKET_CODES.includes(code) || CONNECTION_MESSAGES.test(message);
}

type DriverError = { readonly code?: string; readonly constraint?: string; readonly message: string };

function driverErrorOf(error: unknown): DriverError | undefined {
  if (error instanceof QueryFailedError) return error.driverError as DriverError;
  return error instanceof Error ? error : undefined;
}
