/** How a payment was made, in words for the resident: the platform that took it, or what a person recorded. */
import { baseLanguage } from './dates';

/** Payments that a person recorded by hand; their number is `check-1042`. */
export const MANUAL = 'manual';

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { cash: 'cash', check: 'check', 'money-order': 'money order', 'bank-transfer': 'bank transfer' },
  es: { cash: 'efectivo', check: 'cheque', 'money-order': 'giro', 'bank-transfer': 'transferencia bancaria' },
  fr: { cash: 'espèces', check: 'chèque', 'money-order': 'mandat', 'bank-transfer': 'virement' },
  de: { cash: 'bar', check: 'Scheck', 'money-order': 'Zahlungsanweisung', 'bank-transfer': 'Überweisung' },
};

const PLATFORMS: Readonly<Record<string, string>> = {
  stripe: 'Stripe',
  paypal: 'PayPal',
  square: 'Square',
  plaid: 'Plaid',
  quickbooks: 'QuickBooks',
  xero: 'Xero',
  freshbooks: 'FreshBooks',
  'zoho-books': 'Zoho Books',
};

interface Paid {
  readonly source: string;
  readonly reference: string;
}

/** `check`, `Stripe`; '' where the word would tell nothing. */
export function methodWords({ source, reference }: Paid, language: string): string {
  if (source !== MANUAL) return PLATFORMS[source] ?? '';
  const words = WORDS[baseLanguage(language)] ?? WORDS.en ?? {};
  return words[methodIn(reference, words)] ?? '';
}

const methodIn = (reference: string, words: Readonly<Record<string, string>>): string =>
  Object.keys(words).find((each) => reference.startsWith(`${each}-`)) ?? '';

/** The number on the check; of cash there is none, for ours is only the click that recorded it. */
export function referenceWords({ source, reference }: Paid): string {
  if (source !== MANUAL) return reference;
  const method = methodIn(reference, WORDS.en ?? {});
  if (method === 'cash') return '';
  return method === '' ? reference : reference.slice(method.length + 1);
}
