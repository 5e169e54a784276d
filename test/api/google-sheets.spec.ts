/** A connected spreadsheet, tried from the sidebar: the built bundle calls the Sheets API with the script's own token. */
import type { GoogleSheetsState } from '../../local/vendors/google-sheets';
import { googleSheetsPeople as people } from '../../local/vendors/people';
import { askApi, OWNER, rowsOf, smallWorld, type World } from '../worlds';

let world: World;
beforeAll(() => {
  world = smallWorld({ on: '2026-12-01' });
}, 60_000);

/** What the owner has entered on the card lies in the owner's properties. */
function tried(SHEETS_SPREADSHEET: string): unknown {
  const name = 'secret:google-sheets:SHEETS_SPREADSHEET';
  world.properties[`user:${OWNER}`] = { ...world.properties[`user:${OWNER}`], [name]: SHEETS_SPREADSHEET };
  return askApi(world, 'testPlatform', [{ platform: 'google-sheets' }]);
}

const told = (): string => JSON.stringify([...rowsOf(world, 'Connections')]);

function spreadsheet(): { readonly state: GoogleSheetsState; readonly id: string } {
  const state = world.vendorState<GoogleSheetsState>('google-sheets');
  const file = { title: 'Portfolio', owner: 'accountant@example.com', tabs: { Residents: ['Lease', 'Balance'] } };
  return { state, id: people.makeSpreadsheet(state, file, world.now) };
}

it('a file that is shared with the owner is found without any key, and its token is nowhere kept', () => {
  const { state, id } = spreadsheet();
  people.share(state, id, OWNER, 'writer');
  const recorder = world.record();
  expect(tried(`https://docs.google.com/spreadsheets/d/${id}/edit`)).toMatchObject({ state: 'connected' });
  const sent = JSON.stringify(recorder.toJSON());
  expect(sent).toContain(`sheets.googleapis.com/v4/spreadsheets/${id}?`);
  expect(sent + JSON.stringify(world.properties)).not.toMatch(/ya29\./);
});

it('a file that is not shared any more, and the ledger itself, are told in words', () => {
  expect(tried(spreadsheet().id)).toMatchObject({ state: 'needs sign-in' });
  expect(told()).toContain('share it with you as an editor');
  expect(tried(world.workbook.id)).toMatchObject({ state: 'failing' });
  expect(told()).toContain('is a rent ledger itself');
});
