/** The script as the page meets it: menus with questions, calls of the sidebar, reads that leave no trace. */

import { framed } from '../../local/page/server/frame';
import { peopleOf } from '../../local/page/server/people';
import { executionList } from '../../local/page/server/post-view';
import { callScript, openFile, runMenu } from '../../local/page/server/script';
import { pageOf } from '../../local/page/server/shown';
import { tinyWorld } from '../host/tiny-world';
import { OWNER, smallWorld, tabOf } from '../worlds';
import { clearDesks, deskOf } from './desk';

afterEach(clearDesks);

/** A script that asks; ours opens its sidebar instead. */
const ASKS = `
  function onOpen() { SpreadsheetApp.getUi().createMenu('Ask').addItem('Ask name', 'askName').addToUi(); }
  function askName() {
    var ui = SpreadsheetApp.getUi();
    PropertiesService.getUserProperties().setProperty('begun', 'yes');
    var reply = ui.prompt('Name', 'Who are you?', ui.ButtonSet.OK_CANCEL);
    PropertiesService.getUserProperties().setProperty('name', reply.getResponseText());
    SpreadsheetApp.getActiveSpreadsheet().toast('kept');
  }`;

const desk = (settings: Record<string, string> = {}) => deskOf(smallWorld({ on: '2026-11-01', settings }));

describe('a menu item', () => {
  it('asks its question without having done anything, and runs once with the answer', () => {
    const here = deskOf(tinyWorld(ASKS));
    openFile(here, OWNER);
    const before = JSON.stringify(here.world.properties);
    const { question } = runMenu(here, 'askName', [], OWNER);
    expect(question).toMatchObject({ kind: 'prompt', title: 'Name', buttons: ['OK', 'CANCEL'] });
    expect([JSON.stringify(here.world.properties), here.world.ui.alerts.length]).toEqual([before, 0]);
    const reply = runMenu(here, 'askName', [{ button: 'OK', text: 'Ann' }], OWNER);
    expect(reply).toMatchObject({ ok: true, toasts: [{ message: 'kept' }] });
    expect(JSON.stringify(here.world.properties)).toContain('Ann');
    expect(here.world.executions.filter((run) => run.handler === 'askName')).toHaveLength(1);
  });

  it('puts the sidebar before the person', () => {
    const here = desk();
    openFile(here, OWNER);
    expect(pageOf(here.world, 'sidebar')).toBeUndefined();
    expect(runMenu(here, 'menuSidebar', [], OWNER).sidebar).toBe(true);
    expect(pageOf(here.world, 'sidebar')).toContain('<title>Rent Ledger</title>');
  });

  it('is one that the script has in its menus', () => {
    const here = desk();
    openFile(here, OWNER);
    expect(() => runMenu(here, 'tick', [], OWNER)).toThrow('No menu of the script has tick.');
  });
});

describe('a call of the sidebar', () => {
  it('that only reads leaves the revision, the clock and one line of the executions', () => {
    const here = desk();
    const [revision, now, runs] = [here.revision, here.world.now, here.world.executions.length];
    for (let times = 0; times < 5; times++) expect(callScript(here, 'api', ['today', [{}]], OWNER).ok).toBe(true);
    expect([here.revision, here.world.now, here.world.executions.length]).toEqual([revision, now, runs + 1]);
    expect(executionList(here.world, here.polls)[0]).toMatchObject({ handler: 'api', asked: 'today', times: 5 });
  });

  it('that writes counts as a change and ends the series of reads', () => {
    const here = desk();
    const { revision } = here;
    callScript(here, 'api', ['today', [{}]], OWNER);
    callScript(here, 'api', ['daily', [{}]], OWNER);
    callScript(here, 'api', ['today', [{}]], OWNER);
    expect(here.revision).toBe(revision + 1);
    expect(tabOf(here.world, 'Ledger').length).toBeGreaterThan(0);
    const asked = executionList(here.world, here.polls)
      .slice(0, 3)
      .map((run) => `${run.asked} ${run.times}`);
    expect(asked).toEqual(['today 1', 'daily 1', 'today 1']);
  });

  it('reaches no private function, and tells a failure as Google tells it', () => {
    const here = desk();
    expect(callScript(here, 'answer_', [], OWNER)).toMatchObject({ ok: false, error: { name: 'TypeError' } });
    expect(callScript(here, 'nothing', [], OWNER).error?.message).toBe('Script function not found: nothing');
  });

  it('is refused in words while the clock moves', async () => {
    const here = desk();
    const moving = here.advance('2026-11-02');
    expect(callScript(here, 'api', ['today', [{}]], OWNER).error?.message).toContain('The clock is moving');
    await moving;
    expect(callScript(here, 'api', ['today', [{}]], OWNER).ok).toBe(true);
  });
});

describe('the frame', () => {
  it('gets the bridge first, and a bridge cannot end its own element', () => {
    const page = framed(
      '<!doctype html><html><head><title>x</title></head></html>',
      'a</script>b',
      'http://127.0.0.1:1',
    );
    expect(page).toContain('<head><script>window.RENT_LEDGER_HOME="http://127.0.0.1:1";a<\\/script>b</script><title>');
    expect(framed('<p>bare</p>', 'b', 'h')).toMatch(/^<script>.*<\/script><p>bare<\/p>$/);
  });
});

describe('the people', () => {
  it('are the owner and whom the Settings tab names; until it does, one of each', () => {
    expect(peopleOf(desk().world).map(({ role }) => role)).toEqual(['owner', 'manager', 'viewer']);
    const here = desk();
    const sheet = here.world.workbook.state.byTitle('Settings');
    here.world.workbook.paste('Settings', `A${(sheet?.usedRows ?? 0) + 1}`, [
      ['Managers', 'dana@example.com, lee@example.com'],
    ]);
    expect(peopleOf(here.world).map(({ email }) => email)).toEqual([
      OWNER,
      'dana@example.com',
      'lee@example.com',
      'viewer@example.com',
    ]);
  });
});
