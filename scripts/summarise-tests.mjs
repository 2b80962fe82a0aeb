/** A file that could not be loaded, or whose hooks failed, counts as one failed test: what it was to show is not shown. */
const brokenFiles = (report) =>
  report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((assertion) => assertion.status !== 'failed'),
  ).length;

/**
 * Counts what Vitest reported. Whatever made Vitest fail otherwise (an unhandled error, a crash, nothing to run) counts
 * as one failure, and `trouble` says what it was.
 * @param report Vitest's JSON report; undefined when it wrote none
 * @param status Vitest's exit status
 */
export function summariseTests(report, status) {
  if (!report) {
    return { passed: 0, failed: 1, skipped: 0, trouble: `vitest ended with status ${status} before it could report` };
  }
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + brokenFiles(report);
  if (failed > 0) return { passed, failed, skipped, trouble: undefined };
  if (status !== 0) {
    return { passed, failed: 1, skipped, trouble: `vitest ended with status ${status} although no test failed` };
  }
  if (passed === 0) return { passed, failed: 1, skipped, trouble: 'no test ran' };
  return { passed, failed, skipped, trouble: undefined };
}
