/** The manager's sidebar: mounts the frame at the screen that was asked for. */
import { render } from 'preact';
import { App } from './app';
import { startPlace } from './route';

const root = document.getElementById('app');
if (root) {
  startPlace(document.body.dataset.screen ?? location.hash);
  root.textContent = '';
  render(<App />, root);
}
