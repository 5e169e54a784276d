/** The card beside the spreadsheet: a launcher that says where the menu is. It reads nothing. */

export function homepageCard(): GoogleAppsScript.Card_Service.Card {
  const text = CardService.newTextParagraph().setText(
    'Open the menu Rent Ledger in this spreadsheet: set up, run the day, read payments, verify.',
  );
  const section = CardService.newCardSection().addWidget(text);
  return CardService.newCardBuilder()
    .setHeader(CardService.newCardHeader().setTitle('Rent Ledger'))
    .addSection(section)
    .build();
}
