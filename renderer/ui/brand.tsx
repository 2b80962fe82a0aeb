/** Three waves: the tide. */
export function BrandMark({ size }: { readonly size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="var(--tide)"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden
    >
      <path d="M2 9c2.500 0 2.500-2 5-2s2.500 2 5 2 2.500-2 5-2 2.500 2 5 2" />
      <path d="M2 14.500c2.500 0 2.500-2 5-2s2.500 2 5 2 2.500-2 5-2 2.500 2 5 2" opacity=".65" />
      <path d="M2 20c2.500 0 2.500-2 5-2s2.500 2 5 2 2.500-2 5-2 2.500 2 5 2" opacity=".32" />
    </svg>
  );
}
