/** The Google Sheets sandbox: other spreadsheets than the ledger's own, as sheets.googleapis.com answers for them. */
import { answerSheets, SHEETS_HOST, type SheetsCall } from '../host/sheets-rest';
import { admitted, checkNeeded } from './google-sheets/gate';
import { freshState, type GoogleSheetsState, keep, modelOf } from './google-sheets/state';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { GoogleSheetsState } from './google-sheets/state';

function serve(state: GoogleSheetsState, call: SheetsCall, nowMs: number): unknown {
  const file = admitted(state, call, nowMs);
  checkNeeded(call);
  const model = modelOf(file, nowMs);
  const answer = model.api(call.method, call.params, call.body, call.bytes, call.account);
  if (call.writes) keep(file, model);
  return answer;
}

const handle = (state: GoogleSheetsState, request: SandboxRequest, nowMs: number): SandboxReply =>
  answerSheets(request, (call) => serve(state, call, nowMs));

export const googleSheets: Sandbox<GoogleSheetsState> = {
  id: 'google-sheets',
  title: 'Google Sheets',
  hosts: [SHEETS_HOST],
  start: freshState,
  handle,
};
