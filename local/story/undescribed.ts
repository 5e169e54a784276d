/**
 * Operations that a vendor has and its published description leaves out (docs/decisions.md, "left out of a description"). In a
 * recording that is held against the descriptions they stand under a host of their own, with the reason beside them.
 */
import type { Har, HarEntry } from '../har';

interface LeftOut {
  readonly method: string;
  readonly url: RegExp;
  /** Only answers with this status are left out. */
  readonly status?: number;
  readonly why: string;
}

const ID = '[0-9a-f-]{36}';
const CREDIT_NOTE = `^https://api\\.xero\\.com/api\\.xro/2\\.0/CreditNotes/${ID}`;
const MAILGUN = '^https://api\\.(?:eu\\.)?mailgun\\.net/v3/[^/]+';
const ONE_NOTE = 'The description has the list of credit notes only; the calls on one are in Xero’s own client.';

const IMAGE_V1 = '^https://[a-z0-9-]+\\.api\\.concursolutions\\.com/api/image/v1\\.0/receipt';
const AZURE = '^https://management\\.azure\\.com/subscriptions/';

const LEFT_OUT: readonly LeftOut[] = [
  {
    method: 'GET',
    url: /^https:\/\/api\.xero\.com\/connections(?:\?|$)/,
    why: 'The description names another server with this path than with all others.',
  },
  {
    method: 'GET',
    url: /^https:\/\/api(?:\.eu)?\.sendgrid\.com\/v3\/scopes$/,
    why: 'SendGrid describes it in a document of its own, with API keys.',
  },
  {
    method: 'POST',
    url: /^https:\/\/api(?:\.eu)?\.sendgrid\.com\/v3\/mail\/send$/,
    status: 200,
    why: 'The answer in sandbox mode is in SendGrid’s guide; the description has that of real mail only.',
  },
  {
    method: 'POST',
    url: new RegExp(`${IMAGE_V1}$`),
    why: 'The description has these paths under another server’s root, and a form where SAP’s page has the bytes alone.',
  },
  {
    method: 'GET',
    url: new RegExp(`${IMAGE_V1}/[\\w$]+$`),
    why: 'The description has these paths under another server’s root.',
  },
  { method: 'POST', url: new RegExp(`${CREDIT_NOTE}(?:\\?|$)`), why: ONE_NOTE },
  { method: 'PUT', url: new RegExp(`${CREDIT_NOTE}/Allocations(?:\\?|$)`), why: ONE_NOTE },
  { method: 'DELETE', url: new RegExp(`${CREDIT_NOTE}/Allocations/${ID}(?:\\?|$)`), why: ONE_NOTE },
  {
    method: 'GET',
    url: new RegExp(`${MAILGUN}/events/[^/?]+$`),
    why: 'The description has the addresses of further pages in its answers, and no operation for them.',
  },
  {
    method: 'GET',
    url: new RegExp(`${MAILGUN}/bounces\\?.*\\baddress=`),
    why: 'The description speaks of the address that parts two pages, and leaves it out of the parameters of bounces.',
  },
  {
    method: 'POST',
    url: /^https:\/\/[\w-]+\.[a-z0-9]+\.logic\.azure\.com[:/]/,
    why: 'The description has the management API; the address of a trigger is made by it, and takes what the trigger says.',
  },
  {
    method: 'GET',
    url: new RegExp(`${AZURE}.*[?&](?:%24|\\$)skiptoken=`),
    why: 'The address of a next page is given whole by the answer before, and the description has none of its parts.',
  },
  {
    method: 'PATCH',
    url: /^https:\/\/[a-z0-9-]+\.pipedrive\.com\/api\/v2\/persons\/\d+$/,
    why: 'The part of the description at hand has the making of contacts; their changing is in Pipedrive’s own client.',
  },
  {
    method: 'POST',
    url: /^https:\/\/[a-z0-9-]+\.api\.rentmanager\.com\/Charges$/,
    why: 'A charge’s reference and comment stand in the list of fields that were also seen, which is not checked.',
  },
  {
    method: 'POST',
    url: /^https:\/\/[a-z0-9-]+\.api\.rentmanager\.com\/Credits$/,
    why: 'The list has no field of a credit. The model that the vendor shows its customers has those that are sent.',
  },
];

interface Recorded {
  readonly method: string;
  readonly url: string;
}

const LOST = 'The answer to this was lost on its way: there is none to hold against a description.';

const elsewhere = (entry: HarEntry, url: string, host: string, comment: string): HarEntry => ({
  ...entry,
  request: { ...entry.request, url: url.replace(/^https:\/\/([^/]+)/, `https://$1.${host}.invalid`), comment },
});

function aside(entry: HarEntry): HarEntry {
  const { method, url } = entry.request as unknown as Recorded;
  if ((entry.response as unknown as { readonly status: number }).status === 0)
    return elsewhere(entry, url, 'unanswered', LOST);
  const { status } = entry.response;
  const left = LEFT_OUT.find(
    (each) => each.method === method && each.url.test(url) && (each.status === undefined || each.status === status),
  );
  return left ? elsewhere(entry, url, 'undescribed', left.why) : entry;
}

/** The same recording with what no description has set aside. */
export const forDescriptions = ({ log }: Har): Har => ({ log: { ...log, entries: log.entries.map(aside) } });
