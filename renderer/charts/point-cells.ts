/** A window's label `10:00–10:15` fills two columns where the table has them. */
export const cellsOfLabel = (label: string, columns: number): readonly string[] =>
  columns === 2 ? label.split('–') : [label];
