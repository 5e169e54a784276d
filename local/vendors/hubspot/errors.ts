/** HubSpot's errors: a category and a message, a number of the call, and details where there are any. */
import { jsonReply, Refused } from '../kit/reply';
import type { Complaint } from '../kit/strict';
import { correlationId, type HubspotState } from './state';

/** One thing that is wrong with one value. */
export interface Detail {
  readonly message: string;
  readonly code: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** What is wrong with one input of a batch. */
export interface Wrong {
  readonly status: number;
  readonly category: string;
  readonly message: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly Detail[];
}

export const refusal = (
  state: HubspotState,
  status: number,
  category: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): Refused =>
  new Refused(jsonReply(status, { status: 'error', message, correlationId: correlationId(state), category, ...more }));

export const invalid = (state: HubspotState, message: string, more: Readonly<Record<string, unknown>> = {}): Refused =>
  refusal(state, 400, 'VALIDATION_ERROR', message, more);

/** The first thing that is wrong with a body. HubSpot overlooks some members that it does not know; here a slip must show. */
export const complained = (state: HubspotState, { at, what, wanted }: Complaint): Refused =>
  invalid(state, `Invalid input JSON: ${at || 'the body'} is ${what}, ${wanted} was expected.`);

/** What a single operation answers to what a batch would list among its errors. */
export const refused = (state: HubspotState, { status, category, message, context, errors }: Wrong): Refused =>
  refusal(state, status, category, message, { ...(context && { context }), ...(errors && { errors }) });

export const notFound = (state: HubspotState, message = 'resource not found'): Refused =>
  refusal(state, 404, 'OBJECT_NOT_FOUND', message);
