/** Refusals in Azure's shape: a code for programs and a message for people. */
import { jsonReply, Refused } from '../kit/reply';

export const refused = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Refused => new Refused(jsonReply(status, { error: { code, message } }, headers));

export const invalidTemplate = (message: string): Refused =>
  refused(400, 'InvalidTemplate', `The template validation failed: '${message}'.`);

export const badContent = (message: string): Refused =>
  refused(400, 'InvalidRequestContent', `The request content was invalid and could not be deserialized: '${message}'.`);

export const workflowNotFound = (name: string): Refused =>
  refused(404, 'WorkflowNotFound', `The workflow '${name}' could not be found.`);
