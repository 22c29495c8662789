export function ViewColumn(_: { view: string; open: string | null; isReady: boolean }) {
  return <section className="list-column" />;
}
