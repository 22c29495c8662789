/** The shape of what comes. */
export function Loading() {
  return (
    <div class="loading" aria-hidden="true">
      <i class="loading__out" />
      <i class="loading__out loading__short" />
      <i class="loading__in" />
      <i class="loading__out" />
    </div>
  );
}
