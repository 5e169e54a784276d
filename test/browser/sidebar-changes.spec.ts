/** A change in a real browser happens once: double clicks, lost replies, silence before the script, and the way back. */
import type { Browser, Page } from 'playwright-core';
import { bookOf, leapTo, leaseOf, smallWorld, tabOf, type World } from '../worlds';
import { launch } from './server';
import { expectSound, inBrowser, type Line, openSidebar, shot, silence, thrown } from './sidebar-frame';
import { soon } from './soon';

inBrowser('a change in the sidebar', () => {
  let browser: Browser;
  let base: World;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    base = smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1')], settings: { Managers: 'mia@example.com' } });
    leapTo(base, '2026-11-09T15:00:00Z');
  }, 120_000);

  beforeEach(() => {
    world = base.clone();
  });

  afterAll(() => browser?.close());

  const holdUntil = () => tabOf(world, 'Leases')[0]?.['Hold until'] ?? '';
  const acts = () => bookOf(world).log.filter((line) => line.kind === 'act');

  /** Fills the hold form up to its Apply button. */
  async function readyToHold(page: Page): Promise<void> {
    await page.getByRole('switch').click();
    await page.getByLabel('Hold until').fill('2026-11-20');
    await page.getByLabel('Common reasons').selectOption('Payment was promised');
    await page.getByRole('button', { name: 'Show what changes' }).click();
    await page.getByRole('region', { name: 'What will change' }).waitFor();
  }

  const open = (line?: Line, user?: string) =>
    openSidebar(browser, world, {
      at: 'lease?lease=L-1',
      height: 1400,
      clock: true,
      ...(line ? { line } : {}),
      ...(user ? { user } : {}),
    });

  it('shows what it will do, happens once however often it is clicked, and is told with its balance', async () => {
    const page = await open();
    await readyToHold(page);
    await expectSound(page);
    await shot(page, 'hold');
    expect(holdUntil()).toBe('');
    await page.getByRole('button', { name: 'Apply' }).dblclick();
    await page.getByRole('switch', { name: /On hold until Nov 20, 2026/ }).waitFor();
    expect(holdUntil()).not.toBe('');
    expect(acts().length).toBe(1);
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await expectSound(page);
    await shot(page, 'hold-done');
    await page.close();
  });

  it('keeps its confirmation and its undo for half a minute, on whatever screen', async () => {
    const page = await open();
    await readyToHold(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await page.clock.fastForward(29_000);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await soon(async () => expect(await page.getByRole('button', { name: 'Undo', exact: true }).count()).toBe(1));
    await page.clock.fastForward(2_000);
    await page.getByRole('contentinfo').getByRole('button', { name: 'Help' }).click();
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor({ state: 'detached' });
    await page.close();
  });

  it('asks what became of it when the reply is lost, and tells what the Log says', async () => {
    const seen: string[] = [];
    const page = await open((name, deliver) => {
      seen.push(name);
      const reply = deliver();
      return name === 'apply' ? thrown('We are sorry, a server error occurred.') : reply;
    });
    await readyToHold(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('switch', { name: /On hold/ }).waitFor();
    expect(seen.filter((name) => name === 'apply' || name === 'became')).toEqual(['apply', 'became']);
    expect(acts().length).toBe(1);
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await page.close();
  });

  it('says that it was not done when it never arrived, and tries again under the same id', async () => {
    const requests: unknown[] = [];
    const page = await open((name, deliver, [args]) => {
      if (name !== 'apply') return deliver();
      requests.push((args as { request: string }).request);
      return requests.length === 1 ? silence() : deliver();
    });
    await readyToHold(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.clock.fastForward(60_100);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    await soon(async () => expect(await alert.textContent()).toContain('The reply was lost, and it was not done.'));
    expect(holdUntil()).toBe('');
    await expectSound(page);
    await shot(page, 'not-done');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('switch', { name: /On hold/ }).waitFor();
    expect(requests.length).toBe(2);
    expect(new Set(requests).size).toBe(1);
    expect(acts().length).toBe(1);
    await page.close();
  });

  it('says while it is asking, and that nobody knows when nobody answers', async () => {
    const page = await open((name, deliver) => (name === 'apply' || name === 'became' ? silence() : deliver()));
    await readyToHold(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.clock.fastForward(60_100);
    await page.getByText('Checking whether it was done…').first().waitFor();
    await expectSound(page);
    await shot(page, 'checking');
    for (let turn = 0; turn < 3; turn++) await page.clock.runFor(33_000);
    await page.getByRole('alert').waitFor();
    await soon(async () => expect(await page.getByRole('alert').textContent()).toContain('It may have been done.'));
    await page.close();
  });

  it('is taken back from its confirmation with a reason, and the Log holds both', async () => {
    const page = await open();
    await readyToHold(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('region', { name: 'Undo' }).getByRole('region', { name: 'What will change' }).waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: 'Undo it' }).click();
    await page.getByText('Say why; it stays in the Log.').waitFor();
    await page.getByLabel('Common reasons').selectOption('Done by mistake');
    await page.getByRole('button', { name: 'Undo it' }).click();
    await page.getByRole('switch', { name: 'Hold reminders' }).waitFor();
    expect(holdUntil()).toBe('');
    expect(acts().length).toBe(2);
    await page.close();
  });

  it('is taken back from the Log as well', async () => {
    const page = await open();
    await readyToHold(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Show in the Log' }).click();
    await page.getByRole('button', { name: 'Close this message' }).click();
    const line = page.locator('main details.entry', { hasText: '· act' });
    await line.locator('summary').click();
    await line.getByRole('button', { name: /^Undo/ }).click();
    await page.getByLabel('Common reasons').selectOption('Done by mistake');
    await page.getByRole('button', { name: 'Undo it' }).click();
    await page.getByRole('button', { name: 'Show in the Log' }).waitFor();
    expect(holdUntil()).toBe('');
    await page.close();
  });

  it('shows the new figures when somebody else was faster', async () => {
    const page = await open();
    await readyToHold(page);
    world.edit('Leases', holdCell(), '2026-12-24');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('alert').waitFor();
    expect(acts().length).toBe(0);
    await expectSound(page);
    await page.close();
  });

  it('says that another run is at work, and is done once that has ended', async () => {
    let tries = 0;
    const page = await open((name, deliver) => {
      if (name !== 'apply' || tries++ > 0) return deliver();
      world.locks.set('script', -1);
      const reply = deliver();
      world.locks.delete('script');
      return reply;
    });
    await readyToHold(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Another run is at work').waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('switch', { name: /On hold/ }).waitFor();
    expect(acts().length).toBe(1);
    await page.close();
  });

  /** A1 of the cell under `Hold until` in the first row of leases. */
  function holdCell(): string {
    const at = Object.keys(tabOf(world, 'Leases')[0] ?? {}).indexOf('Hold until');
    return `${at < 26 ? '' : 'A'}${String.fromCharCode(65 + (at % 26))}2`;
  }
});
