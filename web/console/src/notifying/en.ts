/** Words of what is said outside of the page. */
export const words = {
  notify: "Notify me when I look elsewhere",
  blocked: "Your browser does not let this page notify you. Allow it beside the address, then try again.",
  attachment: "Attachment",
};
