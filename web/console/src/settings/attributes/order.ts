/** The same with one of them a place further up or down. */
export function moved<One>(all: readonly One[], index: number, step: 1 | -1): readonly One[] {
  const place = index + step;
  const [one, other] = [all[index], all[place]];
  if (one === undefined || other === undefined) return all;
  const order = [...all];
  order[index] = other;
  order[place] = one;
  return order;
}
