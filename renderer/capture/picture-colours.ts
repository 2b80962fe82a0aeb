/** Light whatever the window's theme: it is printed, and read in black and white. */
export const pictureColours = {
  paper: '#ffffff',
  ink: '#0f2a31',
  muted: '#4d646b',
  faint: '#72878e',
  sunken: '#f5f8f8',
  line: '#d6e0e1',
  edge: '#7d9299',
  tide: '#0b6e7f',
  late: '#a65a00',
};
