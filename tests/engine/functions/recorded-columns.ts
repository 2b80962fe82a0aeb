/** Expressions with the name and type of their column, as Spark 3.5.7 gave them. */
export const recordedColumns = String.raw`
2147483647 + 1 ⇒ (2147483647 + 1) ⇒ int not null
-2147483648 - 1 ⇒ (-2147483648 - 1) ⇒ int not null
2147483647 * 2 ⇒ (2147483647 * 2) ⇒ int not null
try_add(2147483647, 1) ⇒ try_add(2147483647, 1) ⇒ int
try_subtract(-2147483648, 1) ⇒ try_subtract(-2147483648, 1) ⇒ int
try_multiply(2147483647, 2) ⇒ try_multiply(2147483647, 2) ⇒ int
7 / 2 ⇒ (7 / 2) ⇒ double
try_divide(3, 2) ⇒ try_divide(3, 2) ⇒ double
-7 % 3 ⇒ (-7 % 3) ⇒ int
pmod(-7, 3) ⇒ pmod(-7, 3) ⇒ int
7 div 2 ⇒ (7 div 2) ⇒ bigint
positive(5) ⇒ (+ 5) ⇒ int not null
5 & 3 ⇒ (5 & 3) ⇒ int not null
5 | 3 ⇒ (5 | 3) ⇒ int not null
5 ^ 3 ⇒ (5 ^ 3) ⇒ int not null
~5 ⇒ ~5 ⇒ int not null
shiftleft(1, 4) ⇒ shiftleft(1, 4) ⇒ int not null
shiftright(16, 2) ⇒ shiftright(16, 2) ⇒ int not null
shiftrightunsigned(-8, 28) ⇒ shiftrightunsigned(-8, 28) ⇒ int not null
bit_count(7) ⇒ bit_count(7) ⇒ int not null
getbit(11, 0) ⇒ getbit(11, 0) ⇒ tinyint not null
1 = 1 ⇒ (1 = 1) ⇒ boolean not null
1 < 2 ⇒ (1 < 2) ⇒ boolean not null
2 <= 2 ⇒ (2 <= 2) ⇒ boolean not null
1 > 2 ⇒ (1 > 2) ⇒ boolean not null
2 >= 3 ⇒ (2 >= 3) ⇒ boolean not null
NULL <=> NULL ⇒ (NULL <=> NULL) ⇒ boolean not null
NULL AND false ⇒ (NULL AND false) ⇒ boolean
NULL OR true ⇒ (NULL OR true) ⇒ boolean
NOT true ⇒ (NOT true) ⇒ boolean not null
NULL IS NULL ⇒ (NULL IS NULL) ⇒ boolean not null
1 IS NOT NULL ⇒ (1 IS NOT NULL) ⇒ boolean not null
1 IN (2, NULL) ⇒ (1 IN (2, NULL)) ⇒ boolean
isnan(NULL) ⇒ isnan(NULL) ⇒ boolean not null
'Abc' LIKE 'a%' ⇒ Abc LIKE a% ⇒ boolean not null
'Abc' ILIKE 'a%' ⇒ ilike(Abc, a%) ⇒ boolean not null
'abc' RLIKE '^a.c$' ⇒ RLIKE(abc, ^a.c$) ⇒ boolean not null
contains('hola', 'ol') ⇒ contains(hola, ol) ⇒ boolean not null
startswith('hola', 'ho') ⇒ startswith(hola, ho) ⇒ boolean not null
endswith('hola', 'la') ⇒ endswith(hola, la) ⇒ boolean not null
coalesce(NULL, 1, 2) ⇒ coalesce(NULL, 1, 2) ⇒ int not null
nvl(NULL, 'x') ⇒ nvl(NULL, x) ⇒ string not null
nvl2(NULL, 1, 2) ⇒ nvl2(NULL, 1, 2) ⇒ int not null
nullif('a', 'a') ⇒ nullif(a, a) ⇒ string
if(true, 1, 'a') ⇒ (IF(true, 1, a)) ⇒ string not null
nanvl(1D, 2D) ⇒ nanvl(1.0, 2.0) ⇒ double not null
greatest(1, 2.5, NULL) ⇒ greatest(1, 2.5, NULL) ⇒ decimal(11,1) not null
least(NULL, 3, 2) ⇒ least(NULL, 3, 2) ⇒ int not null
sqrt(16) ⇒ SQRT(16) ⇒ double
cbrt(27) ⇒ CBRT(27) ⇒ double
exp(0) ⇒ EXP(0) ⇒ double
expm1(0) ⇒ EXPM1(0) ⇒ double
ln(1) ⇒ ln(1) ⇒ double
log10(1000) ⇒ LOG10(1000) ⇒ double
log2(8) ⇒ LOG2(8) ⇒ double
log1p(0) ⇒ LOG1P(0) ⇒ double
log(2, 8) ⇒ LOG(2, 8) ⇒ double
pow(2, 10) ⇒ pow(2, 10) ⇒ double not null
hypot(3, 4) ⇒ HYPOT(3, 4) ⇒ double not null
atan2(0, 1) ⇒ ATAN2(0, 1) ⇒ double not null
sin(0) ⇒ SIN(0) ⇒ double
cos(0) ⇒ COS(0) ⇒ double
tan(0) ⇒ TAN(0) ⇒ double
cot(1) ⇒ COT(1) ⇒ double
sec(0) ⇒ SEC(0) ⇒ double
csc(0) ⇒ CSC(0) ⇒ double
asin(0) ⇒ ASIN(0) ⇒ double
acos(1) ⇒ ACOS(1) ⇒ double
atan(0) ⇒ ATAN(0) ⇒ double
sinh(0) ⇒ SINH(0) ⇒ double
cosh(0) ⇒ COSH(0) ⇒ double
tanh(0) ⇒ TANH(0) ⇒ double
asinh(0) ⇒ ASINH(0) ⇒ double
acosh(1) ⇒ ACOSH(1) ⇒ double
atanh(0) ⇒ ATANH(0) ⇒ double
degrees(3.141592653589793D) ⇒ DEGREES(3.141592653589793) ⇒ double
radians(180) ⇒ RADIANS(180) ⇒ double
rint(2.5) ⇒ rint(2.5) ⇒ double
signum(-4) ⇒ SIGNUM(-4) ⇒ double
factorial(5) ⇒ factorial(5) ⇒ bigint
e() ⇒ E() ⇒ double not null
pi() ⇒ PI() ⇒ double not null
bin(13) ⇒ bin(13) ⇒ string not null
hex(255) ⇒ hex(255) ⇒ string not null
decode(unhex('537061726B'), 'UTF-8') ⇒ decode(unhex(537061726B), UTF-8) ⇒ string
conv('ff', 16, 10) ⇒ conv(ff, 16, 10) ⇒ string
width_bucket(5.3, 0.2, 10.6, 5) ⇒ width_bucket(5.3, 0.2, 10.6, 5) ⇒ bigint
rand() < 1 AND rand(7) >= 0 ⇒ ((rand() < 1) AND (rand(7) >= 0)) ⇒ boolean not null
randn() IS NOT NULL ⇒ (randn() IS NOT NULL) ⇒ boolean not null
round(2.5) ⇒ round(2.5, 0) ⇒ decimal(2,0)
bround(2.5) ⇒ bround(2.5, 0) ⇒ decimal(2,0)
ceil(1.2) ⇒ CEIL(1.2) ⇒ decimal(2,0)
floor(-1.2) ⇒ FLOOR(-1.2) ⇒ decimal(2,0)
abs(-2147483648) ⇒ abs(-2147483648) ⇒ int not null
upper('ñandú') ⇒ upper(ñandú) ⇒ string not null
lower('ÁÉÍ') ⇒ lower(ÁÉÍ) ⇒ string not null
initcap('hola MUNDO  cruel-dos') ⇒ initcap(hola MUNDO  cruel-dos) ⇒ string not null
concat('[', trim('  a '), ']') ⇒ concat([, trim(  a ), ]) ⇒ string not null
concat('[', ltrim('  a '), ']') ⇒ concat([, ltrim(  a ), ]) ⇒ string not null
concat('[', rtrim(' a  '), ']') ⇒ concat([, rtrim( a  ), ]) ⇒ string not null
concat('[', btrim('  a '), ']') ⇒ concat([, btrim(  a ), ]) ⇒ string not null
lpad('7', 3, '0') ⇒ lpad(7, 3, 0) ⇒ string not null
rpad('a', 3, '.') ⇒ rpad(a, 3, .) ⇒ string not null
substring('Spark', 0, 3) ⇒ substring(Spark, 0, 3) ⇒ string not null
left('Spark', 2) ⇒ left(Spark, 2) ⇒ string not null
right('Spark', 2) ⇒ right(Spark, 2) ⇒ string
substring_index('a.b.c', '.', 2) ⇒ substring_index(a.b.c, ., 2) ⇒ string not null
overlay('SparkSQL', '_', 6) ⇒ overlay(SparkSQL, _, 6, -1) ⇒ string not null
concat('a', NULL) ⇒ concat(a, NULL) ⇒ string
concat_ws('-', 'a', NULL, 'b') ⇒ concat_ws(-, a, NULL, b) ⇒ string not null
repeat('ab', 3) ⇒ repeat(ab, 3) ⇒ string not null
concat(space(2), '|') ⇒ concat(space(2), |) ⇒ string not null
reverse('añ😀') ⇒ reverse(añ😀) ⇒ string not null
replace('abcb', 'b', 'x') ⇒ replace(abcb, b, x) ⇒ string not null
translate('abcba', 'ab', '1') ⇒ translate(abcba, ab, 1) ⇒ string not null
chr(65) ⇒ chr(65) ⇒ string not null
elt(2, 'a', 'b') ⇒ elt(2, a, b) ⇒ string
base64('hola') ⇒ base64(hola) ⇒ string not null
decode(unbase64('aG9sYQ=='), 'UTF-8') ⇒ decode(unbase64(aG9sYQ==), UTF-8) ⇒ string not null
encode('ñ', 'UTF-8') ⇒ encode(ñ, UTF-8) ⇒ binary not null
decode(encode('ñ', 'UTF-8'), 'UTF-8') ⇒ decode(encode(ñ, UTF-8), UTF-8) ⇒ string not null
ascii('A') ⇒ ascii(A) ⇒ int not null
length('añ😀') ⇒ length(añ😀) ⇒ int not null
octet_length('añ') ⇒ octet_length(añ) ⇒ int not null
bit_length('añ') ⇒ bit_length(añ) ⇒ int not null
instr('hola', 'l') ⇒ instr(hola, l) ⇒ int not null
locate('a', 'banana', 3) ⇒ locate(a, banana, 3) ⇒ int not null
split('a b  c', ' ') ⇒ split(a b  c,  , -1) ⇒ array<string> not null
split_part('a-b-c', '-', 2) ⇒ split_part(a-b-c, -, 2) ⇒ string
find_in_set('b', 'a,b,c') ⇒ find_in_set(b, a,b,c) ⇒ int not null
levenshtein('kitten', 'sitting') ⇒ levenshtein(kitten, sitting) ⇒ int not null
soundex('Robert') ⇒ soundex(Robert) ⇒ string not null
luhn_check('8112189876') ⇒ luhn_check(8112189876) ⇒ boolean
format_string('%05d|%.2f|%s', 42, 3.14159D, 'x') ⇒ format_string(%05d|%.2f|%s, 42, 3.14159, x) ⇒ string not null
format_number(1234567.891, 2) ⇒ format_number(1234567.891, 2) ⇒ string
mask('abCD-8765') ⇒ mask(abCD-8765, X, x, n, NULL) ⇒ string
url_encode('https://a.es/ñ x*~') ⇒ url_encode(https://a.es/ñ x*~) ⇒ string
url_decode('a+b%20%C3%B1') ⇒ url_decode(a+b%20%C3%B1) ⇒ string
parse_url('http://a.es:80/p/q?query=1&k=2#r', 'HOST') ⇒ parse_url(http://a.es:80/p/q?query=1&k=2#r, HOST) ⇒ string
regexp_extract('id=42;', 'id=(\\d+)', 1) ⇒ regexp_extract(id=42;, id=(\d+), 1) ⇒ string not null
regexp_extract_all('100-200, 300-400', '(\\d+)-(\\d+)', 1) ⇒ regexp_extract_all(100-200, 300-400, (\d+)-(\d+), 1) ⇒ array<string> not null
regexp_replace('a1b22', '[0-9]+', '#') ⇒ regexp_replace(a1b22, [0-9]+, #, 1) ⇒ string not null
regexp_count('a1b22', '[0-9]+') ⇒ regexp_count(a1b22, [0-9]+) ⇒ int not null
regexp_substr('a1b22', '[0-9]+') ⇒ regexp_substr(a1b22, [0-9]+) ⇒ string
regexp_instr('ab12', '[0-9]+') ⇒ regexp_instr(ab12, [0-9]+, 0) ⇒ int not null
md5('hola') ⇒ md5(hola) ⇒ string not null
sha1('hola') ⇒ sha1(hola) ⇒ string not null
sha2('hola', 256) ⇒ sha2(hola, 256) ⇒ string
crc32('hola') ⇒ crc32(hola) ⇒ bigint not null
hash(1) ⇒ hash(1) ⇒ int not null
xxhash64(1) ⇒ xxhash64(1) ⇒ bigint not null
date_format('2016-04-08', 'y') ⇒ date_format(2016-04-08, y) ⇒ string
year('2024-02-29') ⇒ year(2024-02-29) ⇒ int
quarter(DATE '2024-05-01') ⇒ quarter(DATE '2024-05-01') ⇒ int not null
month(TIMESTAMP '2024-05-01 10:00:00') ⇒ month(TIMESTAMP '2024-05-01 10:00:00') ⇒ int not null
dayofmonth('2024-05-17') ⇒ dayofmonth(2024-05-17) ⇒ int
dayofweek(DATE '2009-07-30') ⇒ dayofweek(DATE '2009-07-30') ⇒ int not null
weekday(DATE '2009-07-30') ⇒ weekday(DATE '2009-07-30') ⇒ int not null
dayofyear('2016-04-09') ⇒ dayofyear(2016-04-09) ⇒ int
weekofyear('2008-02-20') ⇒ weekofyear(2008-02-20) ⇒ int
hour('2009-07-30 12:58:59') ⇒ hour(2009-07-30 12:58:59) ⇒ int
minute('2009-07-30 12:58:59') ⇒ minute(2009-07-30 12:58:59) ⇒ int
second('2009-07-30 12:58:59.9') ⇒ second(2009-07-30 12:58:59.9) ⇒ int
date_part('YEAR', TIMESTAMP '2019-08-12 01:00:00.123456') ⇒ date_part(YEAR, TIMESTAMP '2019-08-12 01:00:00.123456') ⇒ int not null
date_add('2016-07-30', 1) ⇒ date_add(2016-07-30, 1) ⇒ date
date_sub('2016-07-30', 1) ⇒ date_sub(2016-07-30, 1) ⇒ date
add_months('2016-08-31', 1) ⇒ add_months(2016-08-31, 1) ⇒ date
months_between('1997-02-28 10:30:00', '1996-10-30') ⇒ months_between(1997-02-28 10:30:00, 1996-10-30, true) ⇒ double
datediff('2009-07-31', '2009-07-30') ⇒ datediff(2009-07-31, 2009-07-30) ⇒ int
last_day('2009-01-12') ⇒ last_day(2009-01-12) ⇒ date
next_day('2015-01-14', 'TU') ⇒ next_day(2015-01-14, TU) ⇒ date
trunc('2019-08-04', 'week') ⇒ trunc(2019-08-04, week) ⇒ date
date_trunc('YEAR', '2015-03-05T09:32:05.359') ⇒ date_trunc(YEAR, 2015-03-05T09:32:05.359) ⇒ timestamp
timestampadd(HOUR, 8, TIMESTAMP_NTZ '2022-02-11 20:30:00') ⇒ timestampadd(HOUR, 8, TIMESTAMP_NTZ '2022-02-11 20:30:00') ⇒ timestamp_ntz not null
timestampdiff(HOUR, TIMESTAMP '2022-02-11 20:30:00', TIMESTAMP '2022-02-12 04:30:00') ⇒ timestampdiff(HOUR, TIMESTAMP '2022-02-11 20:30:00', TIMESTAMP '2022-02-12 04:30:00') ⇒ bigint not null
make_date(2013, 7, 15) ⇒ make_date(2013, 7, 15) ⇒ date
make_timestamp(2014, 12, 28, 6, 30, 45.887) ⇒ make_timestamp(2014, 12, 28, 6, 30, 45.887) ⇒ timestamp
make_timestamp_ltz(2014, 12, 28, 6, 30, 45.887) ⇒ make_timestamp_ltz(2014, 12, 28, 6, 30, 45.887) ⇒ timestamp
make_timestamp_ntz(2014, 12, 28, 6, 30, 45.887) ⇒ make_timestamp_ntz(2014, 12, 28, 6, 30, 45.887) ⇒ timestamp_ntz
make_dt_interval(1, 12, 30, 01.001001) ⇒ make_dt_interval(1, 12, 30, 1.001001) ⇒ interval day to second not null
make_ym_interval(1, 2) ⇒ make_ym_interval(1, 2) ⇒ interval year to month not null
unix_seconds(timestamp_seconds(1230219000)) ⇒ unix_seconds(timestamp_seconds(1230219000)) ⇒ bigint not null
unix_millis(timestamp_millis(1230219000123)) ⇒ unix_millis(timestamp_millis(1230219000123)) ⇒ bigint not null
unix_micros(timestamp_micros(1230219000123123)) ⇒ unix_micros(timestamp_micros(1230219000123123)) ⇒ bigint not null
unix_seconds(to_timestamp('1970-01-01 00:00:01Z')) ⇒ unix_seconds(to_timestamp(1970-01-01 00:00:01Z)) ⇒ bigint
unix_millis(to_timestamp('1970-01-01 00:00:01.5Z')) ⇒ unix_millis(to_timestamp(1970-01-01 00:00:01.5Z)) ⇒ bigint
unix_micros(to_timestamp('1970-01-01 00:00:01Z')) ⇒ unix_micros(to_timestamp(1970-01-01 00:00:01Z)) ⇒ bigint
unix_date(DATE '1970-01-02') ⇒ unix_date(DATE '1970-01-02') ⇒ int not null
date_from_unix_date(1) ⇒ date_from_unix_date(1) ⇒ date not null
to_timestamp('2016-12-31 00:12:00') ⇒ to_timestamp(2016-12-31 00:12:00) ⇒ timestamp
to_timestamp_ltz('2016-12-31 00:12:00') ⇒ to_timestamp_ltz(2016-12-31 00:12:00) ⇒ timestamp
to_timestamp_ntz('2016-12-31 00:12:00') ⇒ to_timestamp_ntz(2016-12-31 00:12:00) ⇒ timestamp_ntz
try_to_timestamp('2016-12-31 00:12:00') ⇒ try_to_timestamp(2016-12-31 00:12:00) ⇒ timestamp
to_date('2009-07-30 04:17:52') ⇒ to_date(2009-07-30 04:17:52) ⇒ date
unix_timestamp('2016-04-08 10:00:00') - unix_timestamp('2016-04-08', 'yyyy-MM-dd') ⇒ (unix_timestamp(2016-04-08 10:00:00, yyyy-MM-dd HH:mm:ss) - unix_timestamp(2016-04-08, yyyy-MM-dd)) ⇒ bigint
to_unix_timestamp('2016-04-08', 'yyyy-MM-dd') - unix_timestamp(DATE '2016-04-08') ⇒ (to_unix_timestamp(2016-04-08, yyyy-MM-dd) - unix_timestamp(DATE '2016-04-08', yyyy-MM-dd HH:mm:ss)) ⇒ bigint
from_unixtime(1720000000, 'dd/MM/yyyy') ⇒ from_unixtime(1720000000, dd/MM/yyyy) ⇒ string
current_timestamp() IS NULL ⇒ (current_timestamp() IS NULL) ⇒ boolean not null
current_date() = to_date(now()) ⇒ (current_date() = to_date(now())) ⇒ boolean not null
localtimestamp() IS NULL ⇒ (localtimestamp() IS NULL) ⇒ boolean not null
current_timezone() IS NULL ⇒ (current_timezone() IS NULL) ⇒ boolean not null
to_utc_timestamp('2016-08-31', 'Asia/Seoul') ⇒ to_utc_timestamp(2016-08-31, Asia/Seoul) ⇒ timestamp
from_utc_timestamp('2016-08-31', 'Asia/Seoul') ⇒ from_utc_timestamp(2016-08-31, Asia/Seoul) ⇒ timestamp
convert_timezone('Europe/Brussels', 'America/Los_Angeles', TIMESTAMP_NTZ '2021-12-06 00:00:00') ⇒ convert_timezone(Europe/Brussels, America/Los_Angeles, TIMESTAMP_NTZ '2021-12-06 00:00:00') ⇒ timestamp_ntz not null
from_json('{"a":5}', 'a INT') ⇒ from_json({"a":5}) ⇒ struct<a:int>
to_json(named_struct('a', 1, 'b', NULL, 'c', 'x')) ⇒ to_json(named_struct(a, 1, b, NULL, c, x)) ⇒ string
json_array_length('[1,2,{"a":3}]') ⇒ json_array_length([1,2,{"a":3}]) ⇒ int
json_object_keys('{"a":1,"b":{"c":2}}') ⇒ json_object_keys({"a":1,"b":{"c":2}}) ⇒ array<string>
schema_of_json('{"a":1,"b":"x","c":[1,2.5],"d":{"z":true},"e":null}') ⇒ schema_of_json({"a":1,"b":"x","c":[1,2.5],"d":{"z":true},"e":null}) ⇒ string not null
from_csv('1,abc,2.5', 'a INT, b STRING, c DOUBLE') ⇒ from_csv(1,abc,2.5) ⇒ struct<a:int,b:string,c:double> not null
to_csv(named_struct('a', 1, 'b', 'x,y', 'c', NULL)) ⇒ to_csv(named_struct(a, 1, b, x,y, c, NULL)) ⇒ string
schema_of_csv('1,abc,2.5') ⇒ schema_of_csv(1,abc,2.5) ⇒ string not null
array(1, NULL, 3) ⇒ array(1, NULL, 3) ⇒ array<int> not null
array_contains(array(1, 2), 2) ⇒ array_contains(array(1, 2), 2) ⇒ boolean not null
array_distinct(array(3, 1, 3, NULL, 1, NULL)) ⇒ array_distinct(array(3, 1, 3, NULL, 1, NULL)) ⇒ array<int> not null
array_union(array(2, 1, NULL), array(2, 3, NULL)) ⇒ array_union(array(2, 1, NULL), array(2, 3, NULL)) ⇒ array<int> not null
array_intersect(array(1, 2, 2, NULL), array(2, NULL)) ⇒ array_intersect(array(1, 2, 2, NULL), array(2, NULL)) ⇒ array<int> not null
array_except(array(3, 1, 3, NULL), array(1)) ⇒ array_except(array(3, 1, 3, NULL), array(1)) ⇒ array<int> not null
arrays_overlap(array(1, 2), array(2, 3)) ⇒ arrays_overlap(array(1, 2), array(2, 3)) ⇒ boolean not null
array_position(array(3, 4), 4) ⇒ array_position(array(3, 4), 4) ⇒ bigint not null
array_remove(array(1, 2, 1, NULL), 1) ⇒ array_remove(array(1, 2, 1, NULL), 1) ⇒ array<int> not null
array_append(array(1), 2) ⇒ array_append(array(1), 2) ⇒ array<int> not null
array_prepend(array(1), 2) ⇒ array_prepend(array(1), 2) ⇒ array<int> not null
array_insert(array(1, 3), 2, 2) ⇒ array_insert(array(1, 3), 2, 2) ⇒ array<int> not null
array_compact(array(1, NULL, 2)) ⇒ array_compact(array(1, NULL, 2)) ⇒ array<int> not null
array_repeat('x', 2) ⇒ array_repeat(x, 2) ⇒ array<string> not null
flatten(array(array(1), array(2, NULL))) ⇒ flatten(array(array(1), array(2, NULL))) ⇒ array<int> not null
slice(array(1, 2, 3, 4), 2, 2) ⇒ slice(array(1, 2, 3, 4), 2, 2) ⇒ array<int> not null
sort_array(array(3, NULL, 1)) ⇒ sort_array(array(3, NULL, 1), true) ⇒ array<int> not null
array_max(array(1, NULL, 3)) ⇒ array_max(array(1, NULL, 3)) ⇒ int
array_min(array(1, NULL, 3)) ⇒ array_min(array(1, NULL, 3)) ⇒ int
array_join(array('a', NULL, 'b'), ',') ⇒ array_join(array(a, NULL, b), ,) ⇒ string not null
array_size(array(1, NULL)) ⇒ array_size(array(1, NULL)) ⇒ int not null
shuffle(array(1)) ⇒ shuffle(array(1)) ⇒ array<int> not null
get(array(1, 2), 0) ⇒ get(array(1, 2), 0) ⇒ int not null
element_at(array(1, 2), -1) ⇒ element_at(array(1, 2), -1) ⇒ int not null
try_element_at(array(1, 2), 2) ⇒ try_element_at(array(1, 2), 2) ⇒ int not null
size(array(1, 2)) ⇒ size(array(1, 2)) ⇒ int not null
named_struct('a', 1, 'b', 'x') ⇒ named_struct(a, 1, b, x) ⇒ struct<a:int,b:string> not null
arrays_zip(array(1, 2), array('a')) ⇒ arrays_zip(array(1, 2), array(a)) ⇒ array<struct<0:int,1:string>> not null
map('a', 1, 'b', NULL) ⇒ map(a, 1, b, NULL) ⇒ map<string,int> not null
map_keys(map('a', 1, 'b', 2)) ⇒ map_keys(map(a, 1, b, 2)) ⇒ array<string> not null
map_values(map('a', 1, 'b', NULL)) ⇒ map_values(map(a, 1, b, NULL)) ⇒ array<int> not null
map_entries(map('a', 1)) ⇒ map_entries(map(a, 1)) ⇒ array<struct<key:string,value:int>> not null
map_from_arrays(array('a', 'b'), array(1, NULL)) ⇒ map_from_arrays(array(a, b), array(1, NULL)) ⇒ map<string,int> not null
map_from_entries(array(struct(1, 'a'), struct(2, 'b'))) ⇒ map_from_entries(array(struct(1, a), struct(2, b))) ⇒ map<int,string> not null
map_concat(map('a', 1), map('b', 2)) ⇒ map_concat(map(a, 1), map(b, 2)) ⇒ map<string,int> not null
map_contains_key(map('a', 1), 'a') ⇒ map_contains_key(map(a, 1), a) ⇒ boolean
str_to_map('a:1,b:2') ⇒ str_to_map(a:1,b:2, ,, :) ⇒ map<string,string> not null
transform(array(1, 2), x -> x * 2) ⇒ transform(array(1, 2), lambdafunction((namedlambdavariable() * 2), namedlambdavariable())) ⇒ array<int> not null
filter(array(1, 2, 3), x -> x % 2 = 1) ⇒ filter(array(1, 2, 3), lambdafunction(((namedlambdavariable() % 2) = 1), namedlambdavariable())) ⇒ array<int> not null
exists(array(1, 2), x -> x > 1) ⇒ exists(array(1, 2), lambdafunction((namedlambdavariable() > 1), namedlambdavariable())) ⇒ boolean not null
forall(array(1, 2), x -> x > 1) ⇒ forall(array(1, 2), lambdafunction((namedlambdavariable() > 1), namedlambdavariable())) ⇒ boolean not null
zip_with(array(1, 2), array(3, 4), (x, y) -> x * y) ⇒ zip_with(array(1, 2), array(3, 4), lambdafunction((namedlambdavariable() * namedlambdavariable()), namedlambdavariable(), namedlambdavariable())) ⇒ array<int> not null
map_filter(map('a', 1, 'b', 2), (k, v) -> v > 1) ⇒ map_filter(map(a, 1, b, 2), lambdafunction((namedlambdavariable() > 1), namedlambdavariable(), namedlambdavariable())) ⇒ map<string,int> not null
transform_values(map('a', 1), (k, v) -> v + 1) ⇒ transform_values(map(a, 1), lambdafunction((namedlambdavariable() + 1), namedlambdavariable(), namedlambdavariable())) ⇒ map<string,int> not null
transform_keys(map('a', 1), (k, v) -> upper(k)) ⇒ transform_keys(map(a, 1), lambdafunction(upper(namedlambdavariable()), namedlambdavariable(), namedlambdavariable())) ⇒ map<string,int> not null
sequence(1, 5, 2) ⇒ sequence(1, 5, 2) ⇒ array<int> not null
typeof(1) ⇒ typeof(1) ⇒ string not null
monotonically_increasing_id() ⇒ monotonically_increasing_id() ⇒ bigint not null
spark_partition_id() ⇒ SPARK_PARTITION_ID() ⇒ int not null
startswith(version(), '3.5.7 ') ⇒ startswith(version(), 3.5.7 ) ⇒ boolean not null
length(current_user()) > 0 ⇒ (length(current_user()) > 0) ⇒ boolean not null
current_database() ⇒ current_database() ⇒ string not null
current_catalog() ⇒ current_catalog() ⇒ string not null
if(true, 'x', raise_error('no')) ⇒ (IF(true, x, raise_error(no))) ⇒ string
assert_true(1 < 2, 'no') ⇒ assert_true((1 < 2), no) ⇒ void
count(*) from values (1), (NULL) as t(a) ⇒ count(1) ⇒ bigint not null
sum(a) from values (1), (2), (NULL) as t(a) ⇒ sum(a) ⇒ bigint
avg(a) from values (1), (2), (NULL) as t(a) ⇒ avg(a) ⇒ double
min(a) from values (3), (NULL), (1) as t(a) ⇒ min(a) ⇒ int
max(a) from values (timestamp'2024-01-10 10:00:00'), (timestamp'2023-01-10 10:00:00') as t(a) ⇒ max(a) ⇒ timestamp
max_by(a, b) from values ('x', 10), ('y', 50), ('z', 20) as t(a, b) ⇒ max_by(a, b) ⇒ string
min_by(a, b) from values ('x', 10), ('y', 50), ('z', 20) as t(a, b) ⇒ min_by(a, b) ⇒ string
count_if(a > 1) from values (1), (2), (NULL) as t(a) ⇒ count_if((a > 1)) ⇒ bigint not null
bool_and(a) from values (true), (NULL) as t(a) ⇒ bool_and(a) ⇒ boolean
bool_or(a) from values (false), (NULL) as t(a) ⇒ bool_or(a) ⇒ boolean
bit_and(a) from values (3), (5) as t(a) ⇒ bit_and(a) ⇒ int
bit_or(a) from values (3), (5) as t(a) ⇒ bit_or(a) ⇒ int
bit_xor(a) from values (3), (5) as t(a) ⇒ bit_xor(a) ⇒ int
approx_count_distinct(a) from values (1), (1), (2), (NULL) as t(a) ⇒ approx_count_distinct(a) ⇒ bigint not null
first(a) from values (NULL), (5), (7) as t(a) ⇒ first(a) ⇒ int
last(a) from values (5), (7), (NULL) as t(a) ⇒ last(a) ⇒ int
collect_list(a) from values (3), (NULL), (1), (3) as t(a) ⇒ collect_list(a) ⇒ array<int> not null
`
  .trim()
  .split('\n')
  .map((line) => line.split(' ⇒ ') as [sql: string, name: string, type: string]);
