/** How SAP Concur is talked to: addresses by data centre, both services' requests, and what a refusal means. */

import { bodyOf } from '../../http/body';
import { getFrom, multipart, sendJson, withHeaders } from '../../http/encode';
import { classify, fail, fault } from '../../http/faults';
import { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials } from '../connector';
import { split } from './signin';

/** Stands for the data centre until the request is signed: only the token knows where it is good. */
const UNSIGNED = 'https://unsigned.api.concursolutions.com';

export const IMAGE_V1 = 'image v1';
export const SERVICES = ['receipts v4', IMAGE_V1] as const;
export const isImageV1 = (account: Account): boolean => account.SAP_CONCUR_API === IMAGE_V1;

export interface File {
  readonly name: string;
  /** 7-bit. */
  readonly pdf: string;
}

const PDF = 'application/pdf';

/** `forwardId` is our name for it: SAP takes each once. At most 40 characters. */
export const postReceipt = (user: string, { name, pdf }: File, forwardId: string): HttpRequest => ({
  method: 'POST',
  url: `${UNSIGNED}/receipts/v4/users/${user}/image-only-receipts`,
  headers: {},
  ...multipart(
    [
      { name: 'image', value: pdf, filename: name, contentType: PDF },
      { name: 'forwardId', value: forwardId },
    ],
    forwardId,
  ),
});

/** So many ids are asked after at once. */
export const IDS_AT_ONCE = 50;
export const askStatuses = (by: 'receiptIds' | 'forwardIds', ids: readonly string[]): HttpRequest =>
  sendJson('POST', `${UNSIGNED}/receipts/v4/status`, { [by]: ids }, { reads: true });

/** SAP's words for how far it is with a receipt. */
export const STATUSES = { ACCEPTED: 'open', PROCESSING: 'open', PROCESSED: 'delivered', FAILED: 'failed' } as const;

/** With the whole story of one receipt. */
export const askStatus = (id: string): HttpRequest => getFrom(`${UNSIGNED}/receipts/v4/status/${id}`);

const IMAGES = `${UNSIGNED}/api/image/v1.0/receipt`;
export const postImage = ({ pdf }: File): HttpRequest => ({
  method: 'POST',
  url: IMAGES,
  headers: { Accept: 'application/xml' },
  contentType: PDF,
  body: pdf,
});
/** Ids have dollar signs in them, which are at home in a path. */
export const askImage = (id: string): HttpRequest => getFrom(`${IMAGES}/${id}`, { Accept: 'application/xml' });

/** What is told of each receipt that was asked after, in order. */
export const statusesIn = (reply: HttpReply): Json[] =>
  new Json({ receipts: bodyOf(reply, '').value }, 'statuses').list('receipts');

/** What an image is called, in the answer of Image v1. */
export function imageIdIn(reply: HttpReply): string {
  const [, id] = /<Id>([\w$-]+)<\/Id>/.exec(reply.body) ?? [];
  return id ?? fail('malformed', 'SAP Concur kept an image and did not say what it is called.');
}

export function sign(request: HttpRequest, { ACCESS_TOKEN: access }: Credentials): HttpRequest {
  const { place, token } = split(access);
  if (token === '') return fail('auth', 'SAP Concur has given no access token.');
  const url = request.url.replace(UNSIGNED, place);
  const { Accept = 'application/json' } = request.headers;
  return withHeaders({ ...request, url }, { Accept, Authorization: `Bearer ${token}` });
}

/**
 * Receipts v4 refuses with an empty 403 whatever is wrong with a token: missing, ended, or without the scope. Only a fresh one
 * tells whether it had ended. Image v1 has words for it, and the same 403.
 */
export function concurFault(reply: HttpReply): Fault | undefined {
  const said = wordsIn(reply.body);
  if (reply.status === 401 && said?.startsWith('User ID'))
    return fault('rejected', 'The sign-in is of another user: it can post receipts for that one only.');
  if (reply.status !== 403) return classify(reply, said ? { message: said } : {});
  const refused = classify(reply, {
    message: said ?? 'The token has ended, or SAP has not opened this to the application.',
  });
  return refused && { ...refused, tokenEnded: true };
}

/** Plain text, or the message in Image v1's XML. */
function wordsIn(body: string): string | undefined {
  const text = /<Message>([^<]*)<\/Message>/.exec(body)?.[1] ?? (/^[<{[]/.test(body.trim()) ? '' : body);
  return text.trim() === '' ? undefined : text.trim();
}
