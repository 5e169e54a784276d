/** What a Google Sheets sandbox keeps: the spreadsheets of an account's Drive, who may open them, and what was asked lately. */
import type { ModelJson } from '../../host/workbook/workbook';
import { WorkbookModel } from '../../host/workbook/workbook';
import { nextNumber } from '../kit/reply';

export type Role = 'owner' | 'writer' | 'commenter' | 'reader';

export interface DriveFile {
  readonly id: string;
  /** A workbook of Excel opens in the same pages, but the API does not know it. */
  readonly kind: 'spreadsheet' | 'excel';
  /** Account in lower case -> what it may do. */
  access: Record<string, Role>;
  /** What everybody with the link may do. */
  anyone?: 'writer' | 'reader';
  workbook: ModelJson;
}

export interface Asked {
  readonly account: string;
  readonly writes: boolean;
  readonly atMs: number;
}

export interface GoogleSheetsState {
  serials: Record<string, number>;
  files: Record<string, DriveFile>;
  /** Requests of the last minute. */
  asked: Asked[];
  /** The API is switched off in the project that the script belongs to. */
  isApiOff: boolean;
  /** Accounts that left the box for spreadsheets unticked when they let the script in. */
  unticked: string[];
}

export interface NewFile {
  readonly title: string;
  /** The account it belongs to. */
  readonly owner: string;
  readonly kind?: DriveFile['kind'];
  readonly anyone?: DriveFile['anyone'];
  /** Like `en_US`. */
  readonly locale?: string;
  readonly timeZone?: string;
}

/** The file as it is written to a disk: no row of it is shared with the model. */
const plain = (model: WorkbookModel): ModelJson => JSON.parse(JSON.stringify(model.toJSON())) as ModelJson;

/** A new file with one empty tab. Gives its id. */
export function addFile(state: GoogleSheetsState, file: NewFile): string {
  const { title, owner, kind = 'spreadsheet', anyone, locale = 'en_US', timeZone = 'America/New_York' } = file;
  const id = `1RentLedgerSandboxSheet${String(nextNumber(state, 'file')).padStart(21, '0')}`;
  const model = WorkbookModel.create({ id, title, locale, timeZone, owner });
  const access: DriveFile['access'] = { [owner.toLowerCase()]: 'owner' };
  state.files[id] = { id, kind, access, ...(anyone === undefined ? {} : { anyone }), workbook: plain(model) };
  return id;
}

export const modelOf = (file: DriveFile, nowMs: number): WorkbookModel =>
  WorkbookModel.fromJSON(file.workbook, () => nowMs);

export function keep(file: DriveFile, model: WorkbookModel): void {
  file.workbook = plain(model);
}

/** An empty spreadsheet of the landlord's accountant, who lets everybody write into it who has its link. */
export function freshState(): GoogleSheetsState {
  const state: GoogleSheetsState = { serials: {}, files: {}, asked: [], isApiOff: false, unticked: [] };
  addFile(state, { title: 'Portfolio', owner: 'accountant@example.com', anyone: 'writer' });
  return state;
}
