/** All English words of the resident's pages. */
import { account } from './account';
import { contact } from './contact';
import { outcomes } from './outcomes';
import { pay } from './pay';
import { PAY_OUTCOMES } from './pay-outcomes';
import { plain } from './plain';
import { plan } from './plan';
import { PLAN_OUTCOMES } from './plan-outcomes';
import { REQUEST_OUTCOMES } from './request-outcomes';
import { requests } from './requests';
import { statement } from './statement';

export const EN = {
  account,
  pay,
  plan,
  requests,
  contact,
  statement,
  plain,
  outcomes: { ...outcomes, ...PAY_OUTCOMES, ...PLAN_OUTCOMES, ...REQUEST_OUTCOMES },
};

/** The words of other languages: the same names, any text. */
type Said<Of> = { readonly [Name in keyof Of]: string };
export type Words = Omit<typeof EN, 'outcomes'> & { readonly outcomes: Said<(typeof EN)['outcomes']> };
