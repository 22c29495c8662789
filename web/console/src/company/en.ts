/** Words of a company's screen. */
export const words = {
  label: "Company",
  back: "Back",
  about: "About",
  facts: {
    externalId: "External id",
    email: "Email",
    phone: "Phone",
    employees: "Employees",
  } as Readonly<Record<string, string>>,
  customers: "Customers",
  noCustomers: "Nobody is of this company yet. A customer’s company is chosen beside their conversation.",
  objects: "Kept of the company",
  tags: "Tags",
  goneTitle: "This company is not there",
  goneText: "It may have been deleted.",
  failed: "The company could not be loaded.",
  customersFailed: "Its customers could not be loaded.",
  tryAgain: "Try again",
};
