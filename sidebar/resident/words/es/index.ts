/** All Spanish words of the resident's pages. */
import type { Words } from '../en';
import { account } from './account';
import { contact } from './contact';
import { outcomes } from './outcomes';
import { pay } from './pay';
import { plain } from './plain';
import { plan } from './plan';
import { requests } from './requests';
import { statement } from './statement';

export const ES: Words = { account, pay, plan, requests, contact, statement, plain, outcomes: { ...outcomes } };
