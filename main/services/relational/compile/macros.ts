import { sql, type Sql } from '../../../../engine/core/sql-text.ts';

/** What MariaDB computes and DuckDB has no function for; made anew each time a store is opened. */
export const macros: readonly Sql[] = [
  // utf8mb4_general_ci: no case, no accents, no spaces at the end; ß is an s.
  sql`CREATE OR REPLACE MACRO ci(x) AS rtrim(upper(strip_accents(replace(x, 'ß', 's'))), ' ')`,
  sql`CREATE OR REPLACE MACRO text_number(x) AS
    coalesce(TRY_CAST(regexp_extract(x, '^\s*([-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)', 1) AS DOUBLE), CASE WHEN x IS NULL THEN NULL ELSE 0 END)`,
  sql`CREATE OR REPLACE MACRO double_text(x) AS regexp_replace(regexp_replace(CAST(x AS VARCHAR), '\.0$', ''), 'e\+', 'e')`,
  sql`CREATE OR REPLACE MACRO text_datetime(x) AS CASE
    WHEN regexp_full_match(x, '\d{8}') THEN TRY_CAST(TRY_CAST(strptime(x, '%Y%m%d') AS DATE) AS TIMESTAMP)
    WHEN regexp_full_match(x, '\d{14}') THEN try_strptime(x, '%Y%m%d%H%M%S')
    WHEN regexp_matches(x, '^\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}') THEN TRY_CAST(trim(regexp_replace(x, '^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})', '\1-\2-\3')) AS TIMESTAMP)
    ELSE NULL END`,
  // A text that is no date compares as the zero date, before every other.
  sql`CREATE OR REPLACE MACRO compared_datetime(x) AS
    CASE WHEN x IS NULL THEN NULL ELSE coalesce(text_datetime(x), TIMESTAMP '0001-01-01 00:00:00') END`,
  sql`CREATE OR REPLACE MACRO text_time(x) AS
    CASE WHEN regexp_full_match(x, '-?\d{1,3}:\d{1,2}(:\d{1,2}(\.\d+)?)?') THEN
      (CASE WHEN x LIKE '-%' THEN -1 ELSE 1 END) * (
        CAST(regexp_extract(x, '(\d+):', 1) AS BIGINT) * 3600000000
        + CAST(regexp_extract(x, ':(\d+)', 1) AS BIGINT) * 60000000
        + CAST(round(coalesce(TRY_CAST(regexp_extract(x, ':\d+:(\d+(\.\d+)?)', 1) AS DOUBLE), 0) * 1000000) AS BIGINT))
    WHEN text_datetime(x) IS NOT NULL THEN epoch_us(text_datetime(x)) % 86400000000
    ELSE NULL END`,
  sql`CREATE OR REPLACE MACRO moment_or_time(x) AS
    CASE WHEN regexp_matches(x, '^\s*\d+[-/.]\d+[-/.]\d+') THEN epoch_us(text_datetime(x)) ELSE text_time(x) END`,
  sql`CREATE OR REPLACE MACRO time_text(x, scale) AS
    printf('%s%02d:%02d:%02d', CASE WHEN x < 0 THEN '-' ELSE '' END, abs(x) // 3600000000, (abs(x) // 60000000) % 60, (abs(x) // 1000000) % 60)
    || CASE WHEN scale = 0 THEN '' ELSE '.' || left(printf('%06d', abs(x) % 1000000), scale) END`,
  sql`CREATE OR REPLACE MACRO time_number(x) AS
    sign(x) * (abs(x) // 3600000000 * 10000 + (abs(x) // 60000000) % 60 * 100 + (abs(x) // 1000000) % 60)`,
  // Whole months between two moments: a month is over when day and time of day come round.
  sql`CREATE OR REPLACE MACRO month_rest(x) AS epoch_us(x) - epoch_us(date_trunc('month', x))`,
  sql`CREATE OR REPLACE MACRO months_between(a, b) AS
    (year(b) - year(a)) * 12 + month(b) - month(a)
    + CASE WHEN b >= a AND month_rest(b) < month_rest(a) THEN -1 WHEN b < a AND month_rest(b) > month_rest(a) THEN 1 ELSE 0 END`,
  sql`CREATE OR REPLACE MACRO checked_bigint(x, failure) AS
    CASE WHEN x IS NULL THEN NULL WHEN x BETWEEN -9223372036854775808 AND 9223372036854775807 THEN CAST(x AS BIGINT) ELSE error(failure) END`,
  sql`CREATE OR REPLACE MACRO checked_ubigint(x, failure) AS
    CASE WHEN x IS NULL THEN NULL WHEN x BETWEEN 0 AND 18446744073709551615 THEN CAST(x AS UBIGINT) ELSE error(failure) END`,
];
