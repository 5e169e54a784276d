/** The operations of SendGrid's API that the sandbox has, with the scope that each takes. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { findMessages, readMessage } from './activity';
import { checkBatch, createBatch, deleteHold, hold, listHolds, readHold, updateHold } from './batches';
import { refuse } from './errors';
import { type Call, queryOf } from './gate';
import { readLog, searchLogs } from './logs';
import { sendMail } from './send';
import type { ListName } from './state';
import { listSuppressions } from './suppressions';

export interface Route {
  readonly method: string;
  /** `{}` stands for one part of the path. */
  readonly path: string;
  readonly scope?: string;
  /** Operations of one group share a rate limit. */
  readonly group: string;
  run(call: Call): SandboxReply;
}

const LISTS: readonly ListName[] = ['bounces', 'blocks', 'invalid_emails', 'spam_reports', 'unsubscribes'];
const HOLDS = '/v3/user/scheduled_sends';
const scheduled = (act: string) => ({ scope: `user.scheduled_sends.${act}`, group: 'scheduled_sends' });
const activity = { scope: 'email_activity.read' };

function scopes(call: Call): SandboxReply {
  queryOf(call, []);
  return jsonReply(200, { scopes: call.key.scopes });
}

const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v3/scopes', group: 'scopes', run: scopes },
  { method: 'POST', path: '/v3/mail/send', scope: 'mail.send', group: 'send', run: sendMail },
  { method: 'POST', path: '/v3/mail/batch', scope: 'mail.batch.create', group: 'batch', run: createBatch },
  { method: 'GET', path: '/v3/mail/batch/{}', scope: 'mail.batch.read', group: 'batch', run: checkBatch },
  { method: 'POST', path: HOLDS, ...scheduled('create'), run: hold },
  { method: 'GET', path: HOLDS, ...scheduled('read'), run: listHolds },
  { method: 'GET', path: `${HOLDS}/{}`, ...scheduled('read'), run: readHold },
  { method: 'PATCH', path: `${HOLDS}/{}`, ...scheduled('update'), run: updateHold },
  { method: 'DELETE', path: `${HOLDS}/{}`, ...scheduled('delete'), run: deleteHold },
  ...LISTS.map((list) => ({
    method: 'GET',
    path: `/v3/suppression/${list}`,
    scope: `suppression.${list}.read`,
    group: 'suppression',
    run: (call: Call) => listSuppressions(call, list),
  })),
  { method: 'POST', path: '/v3/logs', ...activity, group: 'logs', run: searchLogs },
  { method: 'GET', path: '/v3/logs/{}', ...activity, group: 'logs', run: readLog },
  { method: 'GET', path: '/v3/messages', ...activity, group: 'messages', run: findMessages },
  { method: 'GET', path: '/v3/messages/{}', ...activity, group: 'messages', run: readMessage },
];

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace('{}', '([^/]+)')}$`);

/** The operation, and what its path names. A known path with another method is told apart from an unknown path. */
export function routeFor(method: string, path: string): { readonly route: Route; readonly id: string } {
  const there = ROUTES.filter((route) => patternOf(route.path).test(path));
  const route = there.find((each) => each.method === method);
  if (!route) return there.length > 0 ? refuse(405, 'method not allowed') : refuse(404, 'not found');
  return { route, id: decoded(patternOf(route.path).exec(path)?.[1] ?? '') };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return refuse(404, 'not found');
  }
}
