/** The laws that every connector keeps, for Slack: its messages once, whichever answer is lost. */
import { holdsTheLaws } from './laws';
import { rig } from './slack-rig';

holdsTheLaws(rig);
