/** Words of the page on customers' records. */
export const words = {
  title: "Customer records",
  text: "How what you know of customers is read and put together. Changes count from the next thing that comes in.",
  phones: "Telephone numbers",
  phonesText:
    "Numbers are kept with their country, so that the same number in two spellings is one. Which country do numbers without one belong to?",
  region: "Country of numbers without a country code",
  noRegion: "None: a number without a country code is refused",
  example: "With the United Kingdom, 020 7946 0018 is kept as +44 20 7946 0018.",
  companies: "Companies",
  joinByDomain: "Put customers into the company whose domain their email has",
  joinByDomainHint:
    "Only customers without a company. Those who are there already join when their email next changes. A company’s domains are written on its own page.",
  saved: "Saved",
  failed: (why: string) => `Not saved. ${why}`,
};
