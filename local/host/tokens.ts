/** Access tokens of the local Google: each names its account, so that a REST face knows whose mailbox is asked for. */

const PREFIX = 'ya29.local-';

/** The bearer token of an account in this world. */
export function tokenOf(user: string): string {
  return PREFIX + Buffer.from(user, 'utf8').toString('base64url');
}

/** The account of an `Authorization` header, or undefined when there is none that this world gave out. */
export function accountOf(authorization: string | undefined): string | undefined {
  const match = /^Bearer +(\S+)$/i.exec(authorization ?? '');
  if (!match?.[1]?.startsWith(PREFIX)) return undefined;
  const account = Buffer.from(match[1].slice(PREFIX.length), 'base64url').toString('utf8');
  return account === '' ? undefined : account;
}
