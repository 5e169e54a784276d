/** Where the sidebar is, and the way back. */
import { back, canGoBack, go, place, readPlace, startPlace, swap } from '../../sidebar/route';
import { queryOf, toggled, without } from '../../sidebar/screens/log/query';

describe('the way through the sidebar', () => {
  beforeEach(() => startPlace('today'));

  it('begins at Today, or at what a link names with Today behind it', () => {
    expect(place.value).toEqual({ screen: 'today', params: {} });
    startPlace('#lease?lease=L-1%20A&tab=facts');
    expect(place.value).toEqual({ screen: 'lease', params: { lease: 'L-1 A', tab: 'facts' } });
    back();
    expect(place.value.screen).toBe('today');
  });

  it('knows no screen but its own', () => {
    expect(['', 'nowhere', 'constructor?x=1', '<b>'].map(readPlace)).toEqual(Array(4).fill(undefined));
  });

  it('goes back the way it came, and Today ends every way', () => {
    go('lease', { lease: 'L-1' });
    go('log', { lease: 'L-1' });
    swap('log', { lease: 'L-1', errors: 'yes' });
    back();
    expect(place.value).toEqual({ screen: 'lease', params: { lease: 'L-1' } });
    go('today');
    expect(canGoBack.value).toBe(false);
    back();
    expect(place.value.screen).toBe('today');
  });

  it('does not go where it is already', () => {
    go('lease', { lease: 'L-1' });
    go('lease', { lease: 'L-1' });
    back();
    expect(place.value.screen).toBe('today');
  });
});

describe('the filter of the Log', () => {
  it('asks only for what is set', () => {
    expect(queryOf({})).toEqual({});
    expect(queryOf({ lease: 'L-1', text: '', errors: 'yes', unknown: 'x' })).toEqual({ lease: 'L-1', errors: true });
  });

  it('sets a chip and takes it away again, and leaves the others', () => {
    const money = toggled({ lease: 'L-1' }, 'group', 'money');
    expect(money).toEqual({ lease: 'L-1', group: 'money' });
    expect(toggled(money, 'group', 'edits')).toEqual({ lease: 'L-1', group: 'edits' });
    expect(toggled(money, 'group', 'money')).toEqual({ lease: 'L-1' });
    expect(without(money, 'lease')).toEqual({ group: 'money' });
  });
});
