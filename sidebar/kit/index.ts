/**
 * The kit of all screens. To add a screen: write `sidebar/screens/<name>.tsx` that exports a component taking
 * `{ params }`, and add its line (title, role, component) to `sidebar/screens/index.ts`; its name stands in `route.ts`. The frame
 * draws title, back, health, footer and confirmations, so a screen is only its body:
 *
 * - read with `useAsked('lease', { lease })` and draw `<Shown asked={asked}>{(view) => …}</Shown>`: loading, errors, old
 *   figures and the way back are handled, and it is read again after every change;
 * - change with `const act = useChange('apply')`, `await act.run({ … })` (without the request id: it is made and kept for
 *   you), a `<Button submit busy={act.busy}>`, and `<Came of={act} again={…} />` for refusals and troubles; an `Applied` is
 *   told at the top of the frame by itself, with its undo, so a form just goes back after it;
 * - `go('override', { lease })`, `swap(…)` and `back()` move; one `look="primary"` button on a screen at most;
 * - `useEscape(close, open)` for whatever Escape closes before it goes back.
 */
export * from './button';
export * from './confirmation';
export * from './escape';
export * from './fields';
export * from './figures';
export * from './focus';
export * from './icon';
export * from './layout';
export * from './lease-picker';
export * from './preview';
export * from './question';
export * from './states';
export * from './tabs';
export * from './undo';
export * from './words';
