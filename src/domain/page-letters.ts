/** The message that brings a fresh link to a resident's page, to the one address that the page is for. */
import type { Account } from './account';
import type { Intent } from './book';
import { type PageRow, wayTo } from './pages';
import { lettersTo, URGENCY } from './wishes';

export const ACCOUNT_LINK = 'account-link';

/** None where the address takes no messages. Somebody waits for it: by mail it leaves at any hour, by text as the law has it. */
export function freshLink(account: Account, page: Pick<PageRow, 'id' | 'address'>, why: string): readonly Intent[] {
  const way = wayTo(page.address);
  const letters = lettersTo(
    account,
    {
      name: `${ACCOUNT_LINK}:${page.id}:${why}`,
      template: ACCOUNT_LINK,
      because: { rule: 'always' },
      urgency: URGENCY.failed,
      payload: { only: page.address },
    },
    way,
  );
  return letters.map((letter) => ({
    ...letter,
    to: page.address,
    ...(way === 'email' ? { notBefore: account.run.now } : {}),
  }));
}
