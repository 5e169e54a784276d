/** The messages story: a month in which residents are told and answer, documents are signed, and others are kept in the picture. */
import type { Chapter } from './chapter';
import { chapter as azureLogicApps } from './messages/azure-logic-apps';
import { chapter as docusign } from './messages/docusign';
import { chapter as googleSheets } from './messages/google-sheets';
import { chapter as mailgun } from './messages/mailgun';
import { chapter as sapConcur } from './messages/sap-concur';
import { chapter as sendgrid } from './messages/sendgrid';
import { chapter as slack } from './messages/slack';
import { chapter as twilio } from './messages/twilio';
import type { Story } from './play';

const chapters: readonly Chapter[] = [
  // One line for each platform.
  twilio,
  sendgrid,
  mailgun,
  slack,
  docusign,
  googleSheets,
  sapConcur,
  azureLogicApps,
];

export const messages: Story = {
  name: 'messages',
  title: 'Messages, signatures and flows',
  first: '2026-11-30',
  last: '2026-12-31',
  chapters,
  settings: { Reminders: 'on', 'Quiet hours': '21:00-08:00', 'Hand over hours': '12' },
};
