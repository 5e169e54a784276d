/** Access tokens of the local Google: each names its account and what it was granted, so that a REST face knows who asks. */

const PREFIX = 'ya29.local-';

/** Who a token speaks for. */
export interface Bearer {
  readonly account: string;
  /** Undefined: everything was granted, as to a program that a person runs for themselves. */
  readonly scopes?: readonly string[];
}

/** The bearer token of an account in this world. */
export function tokenOf(user: string, scopes?: readonly string[]): string {
  const told = scopes === undefined ? user : `${user}\n${scopes.join(' ')}`;
  return PREFIX + Buffer.from(told, 'utf8').toString('base64url');
}

/** The owner of an `Authorization` header, or undefined when there is none that this world gave out. */
export function bearerOf(authorization: string | undefined): Bearer | undefined {
  const match = /^Bearer +(\S+)$/i.exec(authorization ?? '');
  if (!match?.[1]?.startsWith(PREFIX)) return undefined;
  const [account = '', scopes] = Buffer.from(match[1].slice(PREFIX.length), 'base64url').toString('utf8').split('\n');
  if (account === '') return undefined;
  return scopes === undefined ? { account } : { account, scopes: scopes.split(' ') };
}

/** The account of an `Authorization` header. */
export function accountOf(authorization: string | undefined): string | undefined {
  return bearerOf(authorization)?.account;
}
