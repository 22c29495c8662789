/** Words of a company's screen. */
export const words = {
  label: "Company",
  back: "Back",
  about: "About",
  facts: {
    name: "Name",
    domains: "Domains",
    externalId: "External id",
    emails: "Email",
    phones: "Phone",
    urls: "Website",
    employeeCount: "Employees",
    tags: "Tags",
  } as Readonly<Record<string, string>>,
  customers: "Customers",
  noCustomers: "Nobody is of this company yet. A customer’s company is chosen beside their conversation.",
  objects: "Kept of the company",
  domainsHint: "Whose email is at one of them may join by itself; see Settings, Customer records",
  editName: "Edit Name",
  changedMeanwhile: (who: string | null) =>
    `${who ?? "Somebody"} changed this meanwhile. Save again to write yours over it.`,
  changedMeanwhileTo: (who: string | null, theirs: string) =>
    `${who ?? "Somebody"} changed this meanwhile to “${theirs}”. Save again to write yours over it.`,
  didChange: (what: string) => `${what} changed`,
  notSaved: (why: string) => `Not saved. ${why}`,
  undo: "Undo",
  goneTitle: "This company is not there",
  goneText: "It may have been deleted.",
  failed: "The company could not be loaded.",
  customersFailed: "Its customers could not be loaded.",
  tryAgain: "Try again",
};
