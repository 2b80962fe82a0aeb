/** Prints on A4; the colours say nothing that the words do not. */
export const reportStyle = `
@page { size: A4; margin: 16mm 14mm; }
body { max-width: 860px; margin: 24px auto; padding: 0 16px; font: 15px/1.5 system-ui, sans-serif; color: #10262c; background: #fff; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 6px; }
h2 { font-size: 18px; margin: 28px 0 8px; padding-bottom: 4px; border-bottom: 1px solid #c9d8dc; break-after: avoid; }
h3 { font-size: 15px; margin: 18px 0 4px; break-after: avoid; }
h4 { font-size: 14px; margin: 10px 0 2px; color: #3b5560; break-after: avoid; }
header p { margin: 2px 0; }
pre, code { font: 12.5px/1.45 ui-monospace, "JetBrains Mono", Consolas, monospace; }
pre { margin: 4px 0; padding: 8px 10px; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.code { background: #eef4f5; }
pre.output { border-left: 3px solid #c9d8dc; }
pre.error { border-left-color: #a8321f; }
pre.prose { font-family: inherit; font-size: 15px; padding-left: 0; }
pre.answer { font-family: inherit; font-size: 15px; border-left: 3px solid #0b6b57; border-radius: 0; }
.notice { border: 1px solid #a8321f; border-radius: 6px; padding: 2px 12px; margin: 12px 0; }
.notice h3 { margin-top: 8px; }
.cell { margin: 12px 0; }
.count { color: #55707a; font: 12px ui-monospace, monospace; }
figure { margin: 14px 0; break-inside: avoid; }
img { max-width: 100%; }
figcaption { color: #3b5560; font-size: 13px; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 4px 8px; border-bottom: 1px solid #dfe9ec; text-align: left; vertical-align: top; }
.there { color: #0b6b57; } .missing { color: #a8321f; font-weight: 600; }
`;
