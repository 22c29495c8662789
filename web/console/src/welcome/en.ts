/** Words of an organisation's first screen. */
export const words = {
  title: (organisation: string) =>
    organisation === "" ? "Welcome to Kithdesk" : `${organisation} is set up`,
  text: "A few steps, and the first customer can write to you.",
  installTitle: "Put the widget on your site",
  installText: "Paste this line before the closing body tag of your pages.",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Your browser did not let us copy it. Select it and copy it yourself.",
  looks: "Choose how it looks",
  teamTitle: "Bring your team",
  teamText: "Everybody who answers gets an account of their own.",
  teamAction: "Add agents",
  teamDone: "You are not alone",
  availableTitle: "Be there",
  availableText: "Conversations are given to agents who are available.",
  availableAction: "Go available",
  availableDone: "You are available",
  tryTitle: "Try it",
  tryText: "Open a page with the widget and write a message. It appears here the same instant.",
  tryDemo: "Open the demo shop",
};
