/**
 * Expressions: `expression` joins conditions, `operand` is what operators compute, `term` what they are applied to. Where a text has two readings the
 * earlier alternative wins; in `expression`, `operand` and `term` the earlier operator binds tighter.
 */
export const expressionGrammar = `
wholeExpression : aliasedExpression EOF ;
aliasedExpression : expression (AS? (name | nameList))? ;
selectList : aliasedExpression (',' aliasedExpression)* ;
expressionList : expression (',' expression)* ;

expression
  : NOT expression #not
  | EXISTS '(' query ')' #exists
  | operand test? #tested
  | expression AND expression #and
  | expression OR expression #or ;
test
  : IS NOT? NULL #isNull
  | IS NOT? (TRUE | FALSE | UNKNOWN) #isTruth
  | IS NOT? DISTINCT FROM operand #isDistinct
  | NOT? BETWEEN operand AND operand #between
  | NOT? IN '(' expression (',' expression)* ')' #in
  | NOT? IN '(' query ')' #inQuery
  | NOT? RLIKE operand #rlike
  | NOT? (LIKE | ILIKE) (ANY | SOME | ALL) ('(' ')' | '(' expression (',' expression)* ')') #likeMany
  | NOT? (LIKE | ILIKE) operand (ESCAPE string)? #like ;

operand
  : term #term
  | ('-' | '+' | '~') operand #sign
  | operand ('*' | '/' | '%' | DIV) operand #binary
  | operand ('+' | '-' | '||') operand #binary
  | operand '&' operand #binary
  | operand '^' operand #binary
  | operand '|' operand #binary
  | operand ('=' | '<=>' | '<>' | '!=' | '<' | '<=' | '>' | '>=') operand #comparison ;

term
  : (CURRENT_DATE | CURRENT_TIMESTAMP | CURRENT_USER | USER) #name
  | keywordCall #keywordCall
  | CASE branch+ (ELSE expression)? END #case
  | CASE expression branch+ (ELSE expression)? END #caseOf
  | (CAST | TRY_CAST) '(' expression AS dataType ')' #cast
  | literal #literal
  | '*' #star
  | dottedWords '.' '*' #star
  | '(' aliasedExpression (',' aliasedExpression)+ ')' #row
  | '(' query ')' #subquery
  | call #call
  | word '->' expression #lambda
  | '(' word (',' word)+ ')' '->' expression #lambda
  | term '[' operand ']' #element
  | word #name
  | term '.' word #member
  | '(' expression ')' #bracketed
  | wordedCall #wordedCall ;
branch : WHEN expression THEN expression ;

call : functionName '(' (quantifier? argument (',' argument)*)? ')' aggregateFilter? ((IGNORE | RESPECT) NULLS)? (OVER window)? ;
functionName : IDENTIFIER '(' expression ')' #computed | IDENTIFIER | dottedWords | FILTER | LEFT | RIGHT ;
quantifier : ALL | DISTINCT ;
argument : expression | word '=>' expression #named ;
aggregateFilter : FILTER '(' WHERE expression ')' ;

keywordCall
  : (TIMESTAMPADD | DATEADD | DATE_ADD) '(' (dateField | string) ',' operand ',' operand ')' #timestampadd
  | (TIMESTAMPDIFF | DATEDIFF | DATE_DIFF) '(' (dateField | string) ',' operand ',' operand ')' #timestampdiff
  | STRUCT '(' (aliasedExpression (',' aliasedExpression)*)? ')' #struct
  | (FIRST | LAST | ANY_VALUE) '(' expression (IGNORE NULLS)? ')' #oneOfGroup
  | POSITION '(' operand IN operand ')' #position ;
wordedCall
  : EXTRACT '(' word FROM operand ')' #extract
  | (SUBSTR | SUBSTRING) '(' operand (FROM | ',') operand ((FOR | ',') operand)? ')' #substring
  | TRIM '(' (BOTH | LEADING | TRAILING)? operand? FROM operand ')' #trim
  | OVERLAY '(' operand PLACING operand FROM operand (FOR operand)? ')' #overlay
  | (PERCENTILE_CONT | PERCENTILE_DISC) '(' operand ')' WITHIN GROUP '(' ORDER BY sortKey ')' aggregateFilter? (OVER window)? #percentile ;
dateField : YEAR | QUARTER | MONTH | WEEK | DAY | DAYOFYEAR | HOUR | MINUTE | SECOND | MILLISECOND | MICROSECOND ;

window
  : name #named
  | '(' name ')' #named
  | '(' (CLUSTER BY expression (',' expression)*
        | ((PARTITION | DISTRIBUTE) BY expression (',' expression)*)? ((ORDER | SORT) BY sortKey (',' sortKey)*)?) frame? ')' #written ;
frame : (ROWS | RANGE) (bound | BETWEEN bound AND bound) ;
bound : UNBOUNDED (PRECEDING | FOLLOWING) #unbounded | CURRENT ROW #currentRow | expression (PRECEDING | FOLLOWING) #offset ;
sortKey : expression (ASC | DESC)? (NULLS (FIRST | LAST))? ;

literal
  : NULL #null
  | (TRUE | FALSE) #boolean
  | interval #interval
  | literalType string #typed
  | number #number
  | string+ #string
  | '?' #positionalParameter
  | ':' word #namedParameter ;
literalType : DATE | TIMESTAMP | TIMESTAMP_LTZ | TIMESTAMP_NTZ | INTERVAL | X | word ;
number
  : '-'? INTEGER_VALUE #integer
  | '-'? TINYINT_LITERAL #tinyint
  | '-'? SMALLINT_LITERAL #smallint
  | '-'? BIGINT_LITERAL #bigint
  | {on} '-'? DECIMAL_VALUE #decimal
  | {on} '-'? EXPONENT_VALUE #exponent
  | '-'? FLOAT_LITERAL #float
  | '-'? DOUBLE_LITERAL #double
  | '-'? BIGDECIMAL_LITERAL #bigdecimal ;
interval : INTERVAL (unitAmounts unitRange? #amounts | unitRange (unitAmounts | unitRange)? #range) ;
unitAmounts : (amount unit)+ ;
unitRange : amount rangeUnit TO rangeUnit ;
amount : ('+' | '-')? (INTEGER_VALUE | DECIMAL_VALUE | string) ;
unit
  : YEAR | YEARS | MONTH | MONTHS | WEEK | WEEKS | DAY | DAYS | HOUR | HOURS | MINUTE | MINUTES | SECOND | SECONDS
  | MILLISECOND | MILLISECONDS | MICROSECOND | MICROSECONDS | NANOSECOND | NANOSECONDS ;
rangeUnit : YEAR | MONTH | DAY | HOUR | MINUTE | SECOND ;
`;
