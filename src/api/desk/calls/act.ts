/** Calls of the sidebar: overrides, undo, approvals, and decisions on effects. */
import { actReader, typedAmount } from '../../act-args';
import { flag, oneOf, optional, record, requestId, text } from '../../args';
import { type DeskCalls, desk } from '../../call';
import { apply, decideApproval, preview } from '../act/apply';
import { previewEffect } from '../act/effect-view';
import { decideOn, holdToday, taskDone } from '../act/effects';
import { previewUndo, undo } from '../act/undo';
import { askPlatform } from '../offers';
import { became } from '../once';
import { residentLink } from '../page-acts';
import { answerRequest } from '../requests';
import { PAGE_ACTS } from '../resident-page';

const seen = () => record({ version: text });

export const actCalls = {
  preview: desk<'preview'>('viewer', () => record({ act: actReader() }), preview),
  apply: desk<'apply'>(
    'manager',
    () => record({ request: requestId, act: actReader(), before: seen(), typed: typedAmount }),
    apply,
  ),
  previewUndo: desk<'previewUndo'>('viewer', () => record({ what: text }), previewUndo),
  undo: desk<'undo'>('manager', () => record({ request: requestId, what: text, reason: text, before: seen() }), undo),
  decideApproval: desk<'decideApproval'>(
    'manager',
    () => record({ request: requestId, effect: text, approve: flag, reason: text }),
    decideApproval,
  ),
  previewEffect: desk<'previewEffect'>('viewer', () => record({ effect: text }), previewEffect),
  effect: desk<'effect'>(
    'manager',
    () => record({ request: requestId, effect: text, as: oneOf('release', 'hold', 'drop', 'sent', 'again') }),
    decideOn,
  ),
  holdToday: desk<'holdToday'>('manager', () => record({ request: requestId }), holdToday),
  askPlatform: desk<'askPlatform'>(
    'manager',
    () => record({ request: requestId, lease: text, platform: text, kind: text, note: optional(text) }),
    askPlatform,
  ),
  residentLink: desk<'residentLink'>(
    'manager',
    () => record({ request: requestId, lease: text, page: text, as: oneOf(...PAGE_ACTS) }),
    residentLink,
  ),
  taskDone: desk<'taskDone'>('manager', () => record({ request: requestId, task: text, outcome: text }), taskDone),
  answerRequest: desk<'answerRequest'>(
    'manager',
    () =>
      record({
        request: requestId,
        about: text,
        as: oneOf('accepted', 'refused'),
        answer: text,
        daysCount: optional(flag),
      }),
    answerRequest,
  ),
  became: desk<'became'>('viewer', () => record({ request: text }), became),
} satisfies Partial<DeskCalls>;
